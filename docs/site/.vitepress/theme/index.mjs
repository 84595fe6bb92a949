// Without fonts of its own: the reader's system has some, and pages get smaller.
import DefaultTheme from 'vitepress/theme-without-fonts';
import './herald.css';

export default DefaultTheme;
