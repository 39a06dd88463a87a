/** An open circle with an arrow head: the loop that every task goes through. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0b6e5f" />
      <g fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round">
        <path d="M23.5 16a7.5 7.5 0 1 1-2.6-5.7" />
        <path d="M22.6 5.6v5.6H17" />
      </g>
    </svg>
  );
}
