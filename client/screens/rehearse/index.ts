import type { Screen } from '../../ui/screen.ts';
import Page from './Rehearse.svelte';

export default { Page } satisfies Screen;
