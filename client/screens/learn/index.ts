import type { Screen } from '../../ui/screen.ts';
import Page from './Learn.svelte';

export default { Page } satisfies Screen;
