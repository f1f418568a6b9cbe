import type { Screen } from '../../ui/screen.ts';
import Page from './Gallery.svelte';

export default { Page } satisfies Screen;
