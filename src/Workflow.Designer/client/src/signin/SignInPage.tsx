import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { api, valueOf } from '../api/client';
import { newKey } from '../api/idempotency';
import { keys, useMe } from '../api/queries';
import { DemoClock, LanguageSwitch } from '../shell/Header';
import { Logo } from '../shell/Logo';
import { failureWords } from '../ui/failureWords';
import { returnPath } from './returnPath';
import './signin.css';

interface Credentials {
  userName: string;
  password: string;
}

export default function SignInPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const client = useQueryClient();
  const me = useMe();
  const signIn = useMutation({
    mutationKey: ['sign-in'],
    mutationFn: (body: Credentials) => valueOf(api.POST('/api/v1/session', { body, headers: { 'Idempotency-Key': newKey() } })),
    onSuccess: (signedIn) => client.setQueryData(keys.me, signedIn),
  });
  if (me.data) return <Navigate to={returnPath(search.get('return'))} replace />;

  return (
    <div className="signin">
      <header className="signin-top">
        <DemoClock />
        <LanguageSwitch />
      </header>
      <main className="signin-card">
        <div className="signin-brand">
          <Logo size={44} />
          <div>
            <h1>{t('app.name')}</h1>
            <p>{t('signin.lead')}</p>
          </div>
        </div>
        {signIn.error && <Alert type="error" showIcon role="alert" title={failureWords(t, signIn.error)} />}
        <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(body) => signIn.mutate(body)} onValuesChange={() => signIn.reset()}>
          <Form.Item name="userName" label={t('signin.userName')} rules={[{ required: true, whitespace: true, message: t('signin.userNameMissing') }]}>
            <Input autoComplete="username" autoCapitalize="none" autoCorrect="off" spellCheck={false} autoFocus />
          </Form.Item>
          <Form.Item name="password" label={t('signin.password')} rules={[{ required: true, message: t('signin.passwordMissing') }]}>
            <Input type="password" autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t('signin.submit')}
          </Button>
        </Form>
      </main>
    </div>
  );
}
