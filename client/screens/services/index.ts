import type { Screen } from '../../ui/screen.ts';
import Page from './Services.svelte';

export default { Page: Page as Screen['Page'] } satisfies Screen;
