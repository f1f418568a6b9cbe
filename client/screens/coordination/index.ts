import type { Screen } from '../../ui/screen.ts';
import Page from './Coordination.svelte';

export default { Page: Page as Screen['Page'] } satisfies Screen;
