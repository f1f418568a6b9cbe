import type { Screen } from '../../ui/screen.ts';
import Page from './Present.svelte';

export default { Page } satisfies Screen;
