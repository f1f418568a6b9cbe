import type { Screen } from '../../ui/screen.ts';
import Page from './Wall.svelte';

export default { Page } satisfies Screen;
