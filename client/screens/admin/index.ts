import type { Screen } from '../../ui/screen.ts';
import Page from './Admin.svelte';

export default { Page } satisfies Screen;
