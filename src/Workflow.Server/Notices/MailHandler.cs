using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Notices;

/// <summary>Sends notices by electronic mail. The message's id is made from the effect's, so that who receives it twice can tell. The server has taken it: more is not known.</summary>
internal sealed class MailHandler(NoticeOptions options, NoticeContacts contacts) : IEffectHandler<NotifyByMail>
{
    public async Task<object?> HandleAsync(NotifyByMail effect, EffectId id, CancellationToken cancel)
    {
        var (letter, mail) = (effect.Letter, options.Mail);
        if (mail.Host.Length == 0) throw new EffectRefusedException("channel 'mail': expected a server of the setting Notifications:Mail, found none");
        var address = await contacts.FindAsync(letter.To, Channels.Mail, cancel);
        if (!MailboxAddress.TryParse(address, out var to)) throw new EffectRefusedException($"{letter.To.Name}: expected an address of electronic mail, found none of the form");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            using var client = new SmtpClient();
            await client.ConnectAsync(mail.Host, mail.Port, mail.Tls ? SecureSocketOptions.Auto : SecureSocketOptions.None, limit.Token);
            if (mail.User.Length > 0) await client.AuthenticateAsync(mail.User, mail.Password, limit.Token);
            await client.SendAsync(MessageOf(letter, id, to), limit.Token);
            await client.DisconnectAsync(true, limit.Token);
            return new NoticeAnswer(NoticeState.Sent, NoticeContacts.Mask(address));
        }
        catch (SmtpCommandException problem) when ((int)problem.StatusCode >= 500)
        {
            // The server's own words may hold the address.
            throw new EffectRefusedException($"channel 'mail': expected the server to take it, found refusal {(int)problem.StatusCode}");
        }
        catch (SmtpCommandException problem)
        {
            throw new InvalidOperationException($"channel 'mail': expected the server to take it, found {(int)problem.StatusCode} for now");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"channel 'mail': expected an answer within {options.TimeoutSeconds} s, found none");
        }
    }

    private MimeMessage MessageOf(NoticeLetter letter, EffectId id, MailboxAddress to)
    {
        var text = new NoticeText(letter, options.PublicUrl);
        var from = MailboxAddress.Parse(options.Mail.From);
        var message = new MimeMessage { Subject = text.Fill(options.Mail.Subject), Body = new TextPart("plain") { Text = text.Fill(options.Mail.Text) }, MessageId = $"{id}@{from.Domain}" };
        message.From.Add(from);
        message.To.Add(to);
        return message;
    }
}
