using System.Text.RegularExpressions;
using Settle.Billing.Rules;

namespace Settle.Bank;

/// <summary>
/// Reads MT940, the statement of SWIFT's older format, and MT942, its report of the day: any number
/// of them in a file, in SWIFT's envelope or without.
/// </summary>
internal sealed partial class Mt940Reader
{
    private readonly List<BankStatement> _statements = [];
    private readonly List<BankLine> _lines = [];
    private Mt940Line? _open;
    private string? _account;
    private string? _number;
    private Mt940Balance? _opening;
    private Mt940Balance? _closing;
    private string? _floorAsset;
    private bool _isStarted;
    private int _place;

    private Mt940Reader()
    {
    }

    /// <summary>Whether a text has the fields that every statement begins with.</summary>
    public static bool Is(string text) => Beginning().IsMatch(text);

    /// <summary>The statements of a file, in its order.</summary>
    /// <exception cref="InvalidRequestException">It is damaged, or it ends early.</exception>
    public static IReadOnlyList<BankStatement> Read(string text, CancellationToken cancellation)
    {
        var reader = new Mt940Reader();
        foreach (var (tag, value) in Fields(text))
        {
            cancellation.ThrowIfCancellationRequested();
            reader.Take(tag, value);
        }
        reader.End();
        return reader._statements;
    }

    private void Take(string tag, string value)
    {
        switch (tag)
        {
            case "20":
                End();
                _isStarted = true;
                break;
            case "25" or "25P":
                Once(_account, tag);
                _account = AccountOf(value);
                break;
            case "28" or "28C":
                Once(_number, tag);
                _number = value.Trim();
                break;
            case "60F" or "60M":
                Once(_opening, tag);
                _opening = Mt940Balance.Read(tag, value);
                break;
            case "34F":
                _floorAsset = value.Length >= 3 ? value[..3] : null;
                break;
            case "61":
                TakeLine();
                _place++;
                var (account, asset) = (Account(), Asset());
                _open = InLine(() => Mt940Line.Read(account, asset, value));
                break;
            case "86" when _open is { } line:
                _open = line with { Details = InLine(() => Mt940Details.Read(value)) };
                TakeLine();
                break;
            case "62F" or "62M":
                TakeLine();
                Once(_closing, tag);
                _closing = Mt940Balance.Read(tag, value);
                break;
        }
    }

    private T InLine<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidRequestException e)
        {
            throw BankTexts.InLine(_place, Account(), e);
        }
    }

    private void TakeLine()
    {
        if (_open is { IsBooked: true } line) _lines.Add(InLine(line.ToBankLine));
        _open = null;
    }

    private void End()
    {
        TakeLine();
        if (!_isStarted) return;
        // A report of the day has a floor instead of balances.
        var isReport = _opening is null && _floorAsset is not null;
        if (!isReport && (_opening is null || _closing is null))
        {
            throw new InvalidRequestException("file", $"ends early, or is damaged: the statement "
                + $"of {Account()} has no field {(_opening is null ? ":60F:" : ":62F:")}");
        }
        _statements.Add(new BankStatement
        {
            Kind = isReport ? BankStatementKind.Report : BankStatementKind.Statement,
            Account = Account(),
            Faults = _closing is { } closing && closing.Asset != _opening?.Asset
                ? [$"it opens in {_opening?.Asset} and closes in {closing.Asset}"] : [],
            Number = _number is null ? null
                : $"{_number}\n{_opening?.Date.Year.ToString(CultureInfo.InvariantCulture)}",
            Opening = _opening?.Amount,
            Closing = _closing?.Asset == _opening?.Asset ? _closing?.Amount : null,
            Asset = _opening?.Asset,
            Lines = [.. _lines],
        });
        _lines.Clear();
        (_account, _number, _opening, _closing, _floorAsset) = (null, null, null, null, null);
        _isStarted = false;
        _place = 0;
    }

    private void Once(object? known, string tag)
    {
        if (known is not null)
        {
            throw new InvalidRequestException("file",
                $"a statement of {_account} has field :{tag}: more than once");
        }
    }

    private string Account() => _account
        ?? throw new InvalidRequestException("file", "a statement names no account (field :25:)");

    private string Asset() => _opening?.Asset ?? _floorAsset
        ?? throw new InvalidRequestException(
            "file", $"the statement of {Account()} has no balance (field :60F:) before its lines");

    // Some banks write the currency behind the IBAN.
    private static string AccountOf(string value)
    {
        var account = BankTexts.Short("account", value.Trim())!;
        return account.Length > 3 && !Iban.IsValid(account) && Iban.IsValid(account[..^3])
            ? account[..^3] : account;
    }

    private static IEnumerable<(string Tag, string Value)> Fields(string text)
    {
        string? tag = null;
        var value = new StringBuilder();
        foreach (var row in text.ReplaceLineEndings("\n").Split('\n'))
        {
            // The envelope may stand before a message's first field, on its line.
            var line = row.StartsWith("{1:", StringComparison.Ordinal)
                && row.IndexOf("{4:", StringComparison.Ordinal) is > 0 and var body
                ? row[(body + 3)..] : row;
            var match = Tag().Match(line);
            if (!match.Success && !IsEnd(line))
            {
                if (tag is not null) value.Append('\n').Append(line);
                continue;
            }
            if (tag is not null) yield return (tag, value.ToString().TrimEnd('\n'));
            value.Clear();
            tag = match.Success ? match.Groups[1].Value : null;
            if (match.Success) value.Append(line.AsSpan(match.Length));
        }
        if (tag is not null) yield return (tag, value.ToString().TrimEnd('\n'));
    }

    private static bool IsEnd(string line) =>
        line.TrimEnd() == "-" || line.StartsWith("-}", StringComparison.Ordinal);

    [GeneratedRegex("^:([0-9]{2}[A-Z]?):", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^(?:\{1:.*\{4:)?:20:", RegexOptions.Multiline
        | RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();
}
