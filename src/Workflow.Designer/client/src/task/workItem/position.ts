export interface Position {
  longitude: number;
  latitude: number;
}

/** Where the phone is, if it says so in time and the person allows it. The limit is ours: a pending permission question has none. */
export function readPosition(withinMs = 3_000): Promise<Position | undefined> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(undefined);
    setTimeout(() => resolve(undefined), withinMs);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ longitude: coords.longitude, latitude: coords.latitude }),
      () => resolve(undefined),
      { enableHighAccuracy: true, timeout: withinMs, maximumAge: 60_000 },
    );
  });
}
