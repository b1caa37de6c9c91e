using System.Xml.Linq;
using Settle.Paper.Xml;

namespace Settle.Bank;

/// <summary>Reads bank statements: camt.053 of ISO 20022, versions 02 to 08 and later.</summary>
internal static class CamtReader
{
    private const string Namespace = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

    // The standard's own limits are 35 and 140 characters.
    private const int ReferenceCharsMax = 256;
    private const int NameCharsMax = 1024;

    /// <summary>The booked lines of all statements of a file, in its order.</summary>
    /// <exception cref="InvalidRequestException">
    /// It is not a bank statement, or it is damaged.
    /// </exception>
    public static IReadOnlyList<BankLine> Read(
        Stream input, CancellationToken cancellation = default)
    {
        var root = XmlInput.Load(input, cancellation);
        if (!root.Name.NamespaceName.StartsWith(Namespace, StringComparison.Ordinal))
        {
            throw new InvalidRequestException("file",
                $"is not a camt.053 bank statement but <{root.Name.LocalName}> "
                + (root.Name.NamespaceName is { Length: > 0 } name ? $"of '{name}'"
                    : $"without a namespace; its namespace must begin with '{Namespace}'"));
        }
        var ids = new BankLineIds();
        var lines = new List<BankLine>();
        foreach (var statement in root.All("BkToCstmrStmt/Stmt"))
        {
            var account = Short("account", ReferenceCharsMax,
                statement.Text("Acct/Id/IBAN") ?? statement.Text("Acct/Id/Othr/Id"))
                ?? throw new InvalidRequestException("file", "a statement names no account");
            foreach (var entry in statement.All("Ntry"))
            {
                cancellation.ThrowIfCancellationRequested();
                // Version 02 has the word itself, later ones a code within.
                var status = entry.Text("Sts/Cd") ?? entry.Text("Sts");
                if (status is null or "BOOK")
                    lines.AddRange(Lines(account, entry).Select(ids.Give));
            }
        }
        return lines;
    }

    // A line may stand for many transfers; each of them counts when each has its amount.
    private static IEnumerable<BankLine> Lines(string account, XElement entry)
    {
        var details = entry.All("NtryDtls/TxDtls").ToList();
        var whole = Line(account, entry, details.Count == 1 ? details[0] : null);
        if (details.Count < 2) return [whole];
        var parts = details.Select(each => Part(whole, each)).ToList();
        return parts.All(part => part is not null)
            && parts.Sum(part => (decimal)(part!.IsCredit == whole.IsCredit
                ? part.Amount : -part.Amount)) == whole.Amount ? parts.OfType<BankLine>()
            : [whole with { Text = string.Join(' ', details.Select(Text)).Trim() }];
    }

    private static BankLine Line(string account, XElement entry, XElement? details)
    {
        var isCredit = IsCredit(entry.Text("CdtDbtInd"));
        return new BankLine
        {
            Id = "",
            Account = account,
            Reference = Reference(entry.Text("AcctSvcrRef"))
                ?? Reference(details.Text("Refs/AcctSvcrRef")) ?? Reference(entry.Text("NtryRef")),
            Date = Day(entry.One("BookgDt")) ?? Day(entry.One("ValDt"))
                ?? throw new InvalidRequestException("file", "a line has no date"),
            Asset = entry.Attribute("Amt", "Ccy")
                ?? throw new InvalidRequestException("file", "an amount has no currency"),
            Amount = Amount(entry.One("Amt")),
            IsCredit = isCredit,
            IsReversal = entry.Text("RvslInd") is "true" or "1",
            Name = Other(details, isCredit),
            Iban = OtherAccount(details, isCredit),
            Text = details is null ? entry.Text("AddtlNtryInf") ?? "" : Text(details),
        };
    }

    private static BankLine? Part(BankLine whole, XElement details)
    {
        var amount = details.One("Amt") ?? details.One("AmtDtls/TxAmt/Amt");
        if (amount is null || amount.Attribute("Ccy")?.Value != whole.Asset) return null;
        var isCredit = details.Text("CdtDbtInd") is { } own ? IsCredit(own) : whole.IsCredit;
        return whole with
        {
            Reference = string.Join('/', new[] { whole.Reference, Reference(details.Text(
                "Refs/AcctSvcrRef")), Reference(details.Text("Refs/TxId")), Reference(
                details.Text("Refs/EndToEndId")) }.Where(each => each is not null)),
            Amount = Amount(amount),
            IsCredit = isCredit,
            Name = Other(details, isCredit),
            Iban = OtherAccount(details, isCredit),
            Text = Text(details),
        };
    }

    private static bool IsCredit(string? indicator) => indicator switch
    {
        "CRDT" => true,
        "DBIT" => false,
        _ => throw new InvalidRequestException(
            "file", $"a line must be CRDT or DBIT, not '{indicator}'"),
    };

    private static string? Reference(string? text) =>
        text is null or "" or "NONREF" or "NOTPROVIDED" ? null
            : Short("reference", ReferenceCharsMax, text);

    /// <summary>A text that many payments of a line may repeat: it must be short.</summary>
    private static string? Short(string what, int charsMax, string? text) =>
        text is null || text.Length <= charsMax ? text
            : throw new InvalidRequestException("file", string.Create(
                CultureInfo.InvariantCulture,
                $"has a line whose {what} is longer than {charsMax} characters"));

    private static string? Other(XElement? details, bool isCredit)
    {
        var role = isCredit ? "RltdPties/Dbtr" : "RltdPties/Cdtr";
        return Short("name", NameCharsMax,
            details.Text($"{role}/Nm") ?? details.Text($"{role}/Pty/Nm"));
    }

    private static string? OtherAccount(XElement? details, bool isCredit) =>
        Short("account", ReferenceCharsMax,
            details.Text($"RltdPties/{(isCredit ? "Dbtr" : "Cdtr")}Acct/Id/IBAN"));

    private static string Text(XElement details) => string.Join(' ',
        details.All("RmtInf/Ustrd").Concat(details.All("RmtInf/Strd/CdtrRefInf/Ref"))
            .Concat(details.All("Refs/EndToEndId")).Select(each => each.Value.Trim())
            .Where(text => text is not ("" or "NONREF" or "NOTPROVIDED")));

    private static DateOnly? Day(XElement? parent)
    {
        var text = parent.Text("Dt") ?? parent.Text("DtTm");
        if (text is null) return null;
        return Parse.Day("file", text.Length > 10 && text[10] is 'T' or 'Z' or '+' or '-'
            ? text[..10] : text);
    }

    private static long Amount(XElement? element)
    {
        var currency = element?.Attribute("Ccy")?.Value ?? "";
        if (!Iso4217.TryGetScale(currency, out var scale))
            throw Parse.Fault("file", currency, "is not a currency of ISO 4217");
        // Banks write zeros behind the currency's decimals, and ISO 20022 lets them.
        return Money.Of(Amounts.Read("amount", element!.Value.Trim(), allowZero: true))
            .ToMinor("amount", scale, allowZero: true);
    }
}
