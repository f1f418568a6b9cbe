import type { Screen } from '../../ui/screen.ts';
import Page from './Share.svelte';

export default { Page } satisfies Screen;
