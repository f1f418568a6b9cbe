import type { Screen } from '../../ui/screen.ts';
import Page from './Cases.svelte';

export default { Page: Page as Screen['Page'], followsRest: true } satisfies Screen;
