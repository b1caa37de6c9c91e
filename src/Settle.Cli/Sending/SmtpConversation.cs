using MailKit;
using MailKit.Net.Smtp;
using Settle.Billing;

namespace Settle.Cli.Sending;

/// <summary>
/// Listens to what a mail server answers, and so knows what became of a message even if the
/// connection broke. It keeps answers only, and nothing that we say, such as passwords.
/// </summary>
internal sealed class SmtpConversation : IProtocolLogger
{
    private const int NoteCharsMax = 500;
    private const int CodeDigits = 3;
    private const int LineBytesMax = 2000;

    private readonly List<byte> _line = [];
    private readonly StringBuilder _answer = new();
    private string? _refusal;
    private string? _acceptance;
    private bool _takesMessage;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>A message begins.</summary>
    public void Begin()
    {
        (_refusal, _acceptance, _takesMessage) = (null, null, false);
        _line.Clear();
        _answer.Clear();
    }

    /// <summary>What became of the message, after sending it went wrong.</summary>
    public OutboxOutcome OutcomeAfter(Exception fault)
    {
        // The server has the message and said so; only what came afterwards went wrong.
        if (_acceptance is not null) return OutboxOutcome.Done(_acceptance);
        if (_refusal is not null)
        {
            var mailbox = (fault as SmtpCommandException)?.Mailbox?.Address;
            var note = mailbox is null ? _refusal : $"{mailbox}: {_refusal}";
            return _refusal[0] == '4' ? OutboxOutcome.Deferred(note) : OutboxOutcome.Failed(note);
        }
        return _takesMessage
            ? OutboxOutcome.Unknown($"no answer after the message was handed over: "
                + fault.Message)
            : OutboxOutcome.Deferred($"the connection broke before the message was handed "
                + $"over: {fault.Message}");
    }

    public void LogConnect(Uri uri) => Begin();

    public void LogClient(byte[] buffer, int offset, int count)
    {
        // What we say tells nothing about what the server took.
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        foreach (var each in buffer.AsSpan(offset, count))
        {
            if (each != '\n')
            {
                if (_line.Count < LineBytesMax) _line.Add(each);
                continue;
            }
            Hear(Encoding.UTF8.GetString([.. _line]).TrimEnd('\r'));
            _line.Clear();
        }
    }

    public void Dispose()
    {
        // It holds nothing.
    }

    // An answer of several lines has a dash behind the code in all but the last.
    private void Hear(string line)
    {
        var isLast = line.Length <= CodeDigits || line[CodeDigits] != '-';
        if (_answer.Length < NoteCharsMax)
        {
            _answer.Append(_answer.Length == 0 ? line[..int.Min(line.Length, CodeDigits)] : "")
                .Append(' ')
                .Append(line.Length > CodeDigits ? line[(CodeDigits + 1)..].Trim() : "");
        }
        if (!isLast) return;
        var answer = new string([.. _answer.ToString().Trim()
            .Select(letter => char.IsControl(letter) ? ' ' : letter).Take(NoteCharsMax)]);
        _answer.Clear();
        if (answer.StartsWith("354", StringComparison.Ordinal)) _takesMessage = true;
        else if (answer is ['4' or '5', ..] && _acceptance is null) _refusal ??= answer;
        else if (answer is ['2', ..] && _takesMessage && _refusal is null) _acceptance ??= answer;
    }
}
