import type { TFunction } from 'i18next';
import type { AreaView } from '../api/types';

/** Who manages a place and where statistics code it are two things; both are said when they differ. */
export function areaWords(t: TFunction, area: AreaView): string {
  const { name, jurisdictionName: jurisdiction, districtName: district } = area;
  if (district && jurisdiction !== district) return t('area.overlay', { name, jurisdiction, district });
  return name === jurisdiction ? name : t('area.plain', { name, jurisdiction });
}
