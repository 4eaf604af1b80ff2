// Plug-ins expect it on the window.
import $ from 'jquery';

window.jQuery = $;
window.$ = $;
