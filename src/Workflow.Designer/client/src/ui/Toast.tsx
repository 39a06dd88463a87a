import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';

interface Toast {
  text: string;
  tone: 'done' | 'failed';
  shownAt: number;
}

type Say = (text: string, tone?: Toast['tone']) => void;

const ToastContext = createContext<Say>(() => undefined);

/** One short sentence about what was just done; the next one replaces it. It stays long enough to be read, and longer when it went wrong. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Toast>();
  const say = useCallback<Say>((text, tone = 'done') => setToast({ text, tone, shownAt: performance.now() }), []);

  useEffect(() => {
    if (!toast) return undefined;
    const timer = setTimeout(() => setToast(undefined), toast.tone === 'failed' ? 7_000 : 3_500);
    return () => clearTimeout(timer);
  }, [toast]);

  return (
    <ToastContext value={say}>
      {children}
      <div className="toasts" role="status" aria-live={toast?.tone === 'failed' ? 'assertive' : 'polite'}>
        {toast && (
          <p key={toast.shownAt} className={`toast toast-${toast.tone}`}>
            {toast.text}
          </p>
        )}
      </div>
    </ToastContext>
  );
}

export const useToast = (): Say => useContext(ToastContext);
