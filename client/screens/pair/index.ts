import type { Screen } from '../../ui/screen.ts';
import Page from './Pair.svelte';

export default { Page } satisfies Screen;
