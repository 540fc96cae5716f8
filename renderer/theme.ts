/** The look as Fluent themes: the petrol ramp, the overrides of the design language, and our own mf* tokens. */
import { createDarkTheme, createLightTheme, type BrandVariants, type Theme } from '@fluentui/react-components';

const brand: BrandVariants = {
  10: '#01141b',
  20: '#02232d',
  30: '#03313e',
  40: '#053e4d',
  50: '#074b5d',
  60: '#09576b',
  70: '#0b6379',
  80: '#0e7089',
  90: '#2b819a',
  100: '#4393ac',
  110: '#57a3bb',
  120: '#6cb2c8',
  130: '#88c3d6',
  140: '#aad5e3',
  150: '#cce7ef',
  160: '#eaf5f9',
};

/** What is aboard, on its way, and still ashore. Usable in CSS as var(--mfBar) and so on. */
interface OwnTokens {
  mfAboard1: string;
  mfAboard2: string;
  mfAboard3: string;
  mfAboardInk: string;
  mfNew: string;
  mfNewInk: string;
  mfAshore: string;
  mfAshoreInk: string;
  mfLeftOut: string;
  mfLeftOutInk: string;
  mfTrack: string;
  mfBar: string;
  mfHit: string;
  mfHitInk: string;
}

export type MailferryTheme = Theme & OwnTokens;

const type: Partial<Theme> = {
  fontFamilyBase:
    '"Segoe UI Variable Text", "Segoe UI", -apple-system, BlinkMacSystemFont, "Inter", system-ui, sans-serif',
  fontFamilyMonospace: '"Cascadia Mono", Consolas, "SF Mono", Menlo, "Noto Sans Mono", monospace',
  // Two weights only: Fluent's medium would be a third.
  fontWeightMedium: 600,
  borderRadiusLarge: '8px',
};

export const lightTheme: MailferryTheme = {
  ...createLightTheme(brand),
  ...type,
  colorNeutralForeground1: '#1b2529',
  colorNeutralForeground1Hover: '#1b2529',
  colorNeutralForeground1Pressed: '#1b2529',
  colorNeutralForeground1Selected: '#1b2529',
  colorNeutralForeground2: '#3b484d',
  colorNeutralForeground2Hover: '#1b2529',
  colorNeutralForeground2Pressed: '#1b2529',
  colorNeutralForeground3: '#56656b',
  colorNeutralForeground4: '#56656b',
  colorNeutralForegroundDisabled: '#a3afb4',
  colorNeutralBackground1: '#ffffff',
  colorNeutralBackground1Hover: '#f4f7f8',
  colorNeutralBackground1Pressed: '#e9eef0',
  colorNeutralBackground1Selected: '#e9f1f4',
  colorNeutralBackground2: '#f8fafb',
  colorNeutralBackground3: '#f1f4f6',
  colorNeutralBackground4: '#e9eef0',
  colorNeutralBackgroundDisabled: '#e9eef0',
  colorNeutralBackground6: '#e3e9ec',
  colorSubtleBackgroundHover: '#f1f4f6',
  colorSubtleBackgroundPressed: '#e9eef0',
  colorNeutralStroke1: '#c9d2d6',
  colorNeutralStroke2: '#e0e6e9',
  colorNeutralStroke3: '#edf1f3',
  colorNeutralStrokeAccessible: '#5e6d73',
  colorBrandForeground1: '#0c687f',
  colorBrandForegroundLink: brand[70],
  colorBrandBackground2: brand[160],
  colorBrandStroke1: brand[80],
  colorBrandStroke2: brand[140],
  colorCompoundBrandStroke: brand[80],
  colorStatusWarningForeground1: '#9a4a05',
  colorStatusWarningForeground3: '#9a4a05',
  colorStatusWarningBackground1: '#fff7ed',
  colorStatusWarningBorder1: '#f3d3ac',
  colorStatusWarningBackground3: '#d9730d',
  colorStatusDangerForeground1: '#b10e1c',
  colorStatusDangerBackground1: '#fdf3f4',
  colorStatusDangerBorder1: '#eeacb2',
  colorStatusDangerBackground3: '#c50f1f',
  colorStrokeFocus2: '#1b2529',
  shadow2: '0 0 2px rgba(15,40,50,.10), 0 1px 2px rgba(15,40,50,.10)',
  shadow4: '0 0 2px rgba(15,40,50,.10), 0 2px 4px rgba(15,40,50,.10)',
  shadow16: '0 0 2px rgba(15,40,50,.10), 0 8px 24px rgba(15,40,50,.12)',
  mfAboard1: brand[70],
  mfAboard2: brand[80],
  mfAboard3: '#277c95',
  mfAboardInk: '#ffffff',
  mfNew: brand[140],
  mfNewInk: brand[30],
  mfAshore: brand[150],
  mfAshoreInk: brand[30],
  mfLeftOut: '#e3e9ec',
  mfLeftOutInk: '#4d5b61',
  mfTrack: '#e3eaed',
  mfBar: brand[80],
  mfHit: '#ffe3a3',
  mfHitInk: '#3d2c00',
};

export const darkTheme: MailferryTheme = {
  ...createDarkTheme(brand),
  ...type,
  colorNeutralForeground1: '#f1f5f6',
  colorNeutralForeground1Hover: '#ffffff',
  colorNeutralForeground1Pressed: '#ffffff',
  colorNeutralForeground1Selected: '#f1f5f6',
  colorNeutralForeground2: '#ccd5d9',
  colorNeutralForeground2Hover: '#f1f5f6',
  colorNeutralForeground2Pressed: '#f1f5f6',
  colorNeutralForeground3: '#9dabb1',
  colorNeutralForeground4: '#9dabb1',
  colorNeutralForegroundDisabled: '#58666c',
  colorNeutralBackground1: '#1b2226',
  colorNeutralBackground1Hover: '#232c30',
  colorNeutralBackground1Pressed: '#2a3338',
  colorNeutralBackground1Selected: '#24343b',
  colorNeutralBackground2: '#20282c',
  colorNeutralBackground3: '#12181b',
  colorNeutralBackground4: '#0c1113',
  colorNeutralBackgroundDisabled: '#2a3338',
  colorNeutralBackground6: '#2a3338',
  colorSubtleBackgroundHover: '#232c30',
  colorSubtleBackgroundPressed: '#2a3338',
  colorNeutralStroke1: '#46535a',
  colorNeutralStroke2: '#2f393e',
  colorNeutralStroke3: '#272f34',
  colorNeutralStrokeAccessible: '#9dabb1',
  colorBrandBackground: brand[80],
  // One step lighter than the ground; brand[90] would be 4.4:1 under white.
  colorBrandBackgroundHover: '#277c95',
  colorBrandBackgroundPressed: brand[60],
  colorCompoundBrandBackground: brand[80],
  colorCompoundBrandBackgroundHover: '#277c95',
  colorCompoundBrandForeground1: brand[120],
  colorBrandForeground1: brand[120],
  colorBrandForegroundLink: brand[120],
  colorBrandForegroundLinkHover: brand[130],
  colorBrandBackground2: '#10303b',
  colorBrandStroke1: brand[110],
  colorBrandStroke2: brand[50],
  colorCompoundBrandStroke: brand[110],
  colorStatusWarningForeground1: '#f3a964',
  colorStatusWarningForeground3: '#f3a964',
  colorStatusWarningBackground1: '#33220f',
  colorStatusWarningBorder1: '#6b461c',
  colorStatusWarningBackground3: '#e0872f',
  colorStatusDangerForeground1: '#ee8a93',
  colorStatusDangerBackground1: '#3a1417',
  colorStatusDangerBorder1: '#7d2630',
  colorStatusDangerBackground3: '#d13a47',
  colorStrokeFocus2: '#f1f5f6',
  shadow2: '0 0 2px rgba(0,0,0,.3), 0 1px 2px rgba(0,0,0,.3)',
  shadow4: '0 0 2px rgba(0,0,0,.3), 0 2px 4px rgba(0,0,0,.32)',
  shadow16: '0 0 2px rgba(0,0,0,.35), 0 8px 24px rgba(0,0,0,.45)',
  mfAboard1: '#0b6379',
  mfAboard2: '#0e7089',
  mfAboard3: '#1b7a92',
  mfAboardInk: '#ffffff',
  mfNew: brand[140],
  mfNewInk: brand[10],
  mfAshore: '#21414c',
  mfAshoreInk: '#d9edf4',
  mfLeftOut: '#2a3338',
  mfLeftOutInk: '#aebbc1',
  mfTrack: '#2d383d',
  mfBar: brand[100],
  mfHit: '#6b4f10',
  mfHitInk: '#fff1cf',
};

/** The system's colours where fills carry meaning; the rest is forced by the system itself. */
export function highContrast(theme: MailferryTheme): MailferryTheme {
  return {
    ...theme,
    mfAboard1: 'Highlight',
    mfAboard2: 'Highlight',
    mfAboard3: 'Highlight',
    mfAboardInk: 'HighlightText',
    mfNew: 'CanvasText',
    mfNewInk: 'Canvas',
    mfAshore: 'Canvas',
    mfAshoreInk: 'CanvasText',
    mfLeftOut: 'Canvas',
    mfLeftOutInk: 'CanvasText',
    mfTrack: 'Canvas',
    mfBar: 'Highlight',
    mfHit: 'Mark',
    mfHitInk: 'MarkText',
  };
}
