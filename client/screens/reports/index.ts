import type { Screen } from '../../ui/screen.ts';
import Page from './Reports.svelte';

export default { Page: Page as Screen['Page'], followsRest: true } satisfies Screen;
