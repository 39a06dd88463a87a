import type { ThemeConfig } from 'antd';

/**
 * On a phone controls are at least 44 px high, and 16 px text keeps iOS from zooming into a field. Where movement is
 * not wanted antd must know: what it moves it takes away only when the movement has ended.
 */
export function themeFor(narrow: boolean, calm: boolean): ThemeConfig {
  const inputFontSize = narrow ? 16 : 14;
  return {
    token: {
      colorPrimary: '#0b6e5f',
      colorInfo: '#0b6e5f',
      colorLink: '#0b6e5f',
      colorError: '#c02b16',
      colorWarning: '#a45b00',
      colorSuccess: '#2c7a3f',
      colorText: '#17211f',
      colorTextDescription: '#55635f',
      colorTextPlaceholder: '#6b7773',
      borderRadius: 8,
      controlHeight: narrow ? 44 : 36,
      fontSize: narrow ? 15 : 14,
      fontFamily:
        'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Segoe UI", Roboto, sans-serif',
      motion: !calm,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Input: { inputFontSize },
      InputNumber: { inputFontSize },
      Select: { fontSize: inputFontSize },
      Form: { itemMarginBottom: 24, verticalLabelPadding: '0 0 4px' },
    },
  };
}
