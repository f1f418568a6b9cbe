import type { Screen } from '../../ui/screen.ts';
import Page from './Report.svelte';

export default { Page } satisfies Screen;
