/** Street and managing district; one name when the task is placed on the district itself. */
export function placeOf(of: { areaName: string; jurisdictionName: string }): string {
  return of.areaName === of.jurisdictionName ? of.areaName : `${of.areaName} · ${of.jurisdictionName}`;
}
