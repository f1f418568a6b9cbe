import type { Screen } from '../../ui/screen.ts';
import Page from './Field.svelte';

export default { Page } satisfies Screen;
