/** Version of everything on the wire. A screen and a server that differ refuse each other and the screen reloads. */
export const CONTRACT_VERSION = 2;
