using System.Xml.Linq;
using Settle.Paper.Xml;

namespace Settle.Bank;

/// <summary>Reads one entry of a camt message, which may stand for many transfers.</summary>
internal static class CamtEntry
{
    // Reversals that a bank makes because a direct debit or a transfer came back.
    private static readonly HashSet<string> ReturnFamilies =
        new(["UPDD", "PRDD", "RRTN", "ARET"], StringComparer.Ordinal);

    // The German business transaction codes of returned direct debits.
    private static readonly string[] ReturnCodes = ["+108+", "+109+"];

    /// <summary>The lines of an entry: one per transfer, if each has its amount.</summary>
    /// <exception cref="InvalidRequestException">It is damaged.</exception>
    public static IReadOnlyList<BankLine> Read(string account, XElement entry)
    {
        var details = entry.All("NtryDtls/TxDtls").ToList();
        details.ForEach(CamtShape.CheckDetails);
        var whole = Line(account, entry, details.Count == 1 ? details[0] : null);
        if (details.Count == 1) CamtShape.CheckAgrees(whole, entry, details[0]);
        if (details.Count < 2) return [whole];
        var parts = details.Select(each => Part(whole, entry, each)).ToList();
        return parts.All(part => part is not null)
            && parts.Sum(part => (decimal)(part!.IsCredit == whole.IsCredit
                ? part.Amount : -part.Amount)) == whole.Amount ? [.. parts.OfType<BankLine>()]
            : [whole with
            {
                Text = string.Join(' ', details.Select(Text)).Trim(),
                More = string.Join(' ', details.Select(More).Prepend(whole.More)).Trim(),
                Structured = details.SelectMany(Structured).ToArray(),
            }];
    }

    public static bool IsCredit(string? indicator) => indicator switch
    {
        "CRDT" => true,
        "DBIT" => false,
        _ => throw new InvalidRequestException(
            "file", $"a line must be CRDT or DBIT, not '{indicator}'"),
    };

    /// <summary>An amount in minor units.</summary>
    /// <exception cref="InvalidRequestException">It is not an amount, or lacks a currency.
    /// </exception>
    public static long Amount(XElement? element)
    {
        var currency = element?.Attribute("Ccy")?.Value ?? "";
        if (!Iso4217.TryGetScale(currency, out var scale))
            throw Parse.Fault("file", currency, "is not a currency of ISO 4217");
        var text = element!.Value.Trim();
        BankTexts.CheckDecimals(text, currency, scale);
        // Banks write zeros behind the currency's decimals, and ISO 20022 lets them.
        return Money.Of(Amounts.Read("amount", text, allowZero: true))
            .ToMinor("amount", scale, allowZero: true);
    }

    /// <summary>The amount of a transfer: older messages have it only among the others.</summary>
    public static XElement? AmountOf(XElement details) =>
        details.One("Amt") ?? details.One("AmtDtls/TxAmt/Amt");

    private static BankLine Line(string account, XElement entry, XElement? details)
    {
        var isCredit = IsCredit(entry.Text("CdtDbtInd"));
        var isReversal = entry.Text("RvslInd") switch
        {
            "true" or "1" => true,
            null or "false" or "0" => false,
            var other => throw new InvalidRequestException(
                "file", $"RvslInd must be true or false, not '{other}'"),
        };
        var own = details is null ? "" : Text(details);
        var added = entry.Text("AddtlNtryInf") ?? "";
        var line = new BankLine
        {
            Id = "",
            Account = account,
            Reference = BankTexts.OwnReference(entry.Text("AcctSvcrRef"))
                ?? BankTexts.OwnReference(details.Text("Refs/AcctSvcrRef"))
                ?? BankTexts.OwnReference(entry.Text("NtryRef"))
                ?? BankTexts.OwnReference(details.Text("Refs/TxId"))
                ?? BankTexts.Reference(details.Text("Refs/UETR")),
            Date = Day(entry.One("BookgDt")) ?? Day(entry.One("ValDt"))
                ?? throw new InvalidRequestException("file", "has no day (BookgDt or ValDt)"),
            Valued = Day(entry.One("ValDt")),
            Asset = entry.Attribute("Amt", "Ccy")
                ?? throw new InvalidRequestException("file", "has no currency (Ccy)"),
            Amount = Amount(entry.One("Amt")),
            IsCredit = isCredit,
            IsReversal = isReversal,
            IsReturn = !isCredit && (isReversal || IsReturn(entry, details)),
            Text = details is null ? added : own,
            More = $"{More(details)} {added} {Batch(entry)}".Trim(),
        };
        return Details(line, details);
    }

    private static BankLine? Part(BankLine whole, XElement entry, XElement details)
    {
        var amount = AmountOf(details);
        if (amount is null || amount.Attribute("Ccy")?.Value != whole.Asset) return null;
        var isCredit = details.Text("CdtDbtInd") is { } own ? IsCredit(own) : whole.IsCredit;
        // A number within the entry says something only beside the entry's own reference.
        Func<string?, string?> read = whole.Reference is null
            ? BankTexts.OwnReference : BankTexts.Reference;
        var references = new[]
        {
            whole.Reference, read(details.Text("Refs/AcctSvcrRef")),
            read(details.Text("Refs/TxId")), read(details.Text("Refs/EndToEndId")),
        }.OfType<string>().ToList();
        return Details(whole with
        {
            Reference = references.Count == 0 ? null : string.Join('/', references),
            Amount = Amount(amount),
            IsCredit = isCredit,
            IsReturn = !isCredit && (whole.IsReversal || IsReturn(entry, details)),
            Text = Text(details),
            More = More(details),
        }, details);
    }

    private static BankLine Details(BankLine line, XElement? details)
    {
        if (details is null) return line;
        var role = line.IsCredit ? "Dbtr" : "Cdtr";
        return line with
        {
            Name = BankTexts.Name(details.Text($"RltdPties/{role}/Nm")
                ?? details.Text($"RltdPties/{role}/Pty/Nm")),
            Iban = BankTexts.Short("account", details.Text($"RltdPties/{role}Acct/Id/IBAN")),
            EndToEnd = BankTexts.Reference(details.Text("Refs/EndToEndId")),
            Structured = Structured(details).ToArray(),
            Original = line.IsReturn ? Original(line, details) : null,
        };
    }

    /// <summary>What a return takes back, where the bank's fee is in its amount.</summary>
    private static long? Original(BankLine line, XElement details)
    {
        var amount = details.One("AmtDtls/InstdAmt/Amt") ?? details.One("AmtDtls/TxAmt/Amt");
        if (amount?.Attribute("Ccy")?.Value != line.Asset) return null;
        var original = Amount(amount);
        return original > 0 && original < line.Amount ? original : null;
    }

    private static bool IsReturn(XElement entry, XElement? details) =>
        details.One("RtrInf") is not null
        || IsReturn(entry.One("BkTxCd")) || IsReturn(details.One("BkTxCd"));

    private static bool IsReturn(XElement? code) =>
        ReturnFamilies.Contains(code.Text("Domn/Fmly/SubFmlyCd") ?? "")
        || ReturnCodes.Any(each =>
            code.Text("Prtry/Cd")?.Contains(each, StringComparison.Ordinal) is true);

    private static string Text(XElement details) => Join(details.All("RmtInf/Ustrd")
        .Concat(details.All("RmtInf/Strd/CdtrRefInf/Ref"))
        .Concat(details.All("Refs/EndToEndId")));

    private static string More(XElement? details) => Join(
        details.All("RmtInf/Strd/RfrdDocInf/Nb").Concat(details.All("RmtInf/Strd/AddtlRmtInf"))
            .Concat(details.All("RmtInf/Strd/RfrdDocInf/LineDtls/Id/Nb"))
            .Concat(details.All("AddtlTxInf")));

    // What was sent together may be booked together.
    private static string Batch(XElement entry) => Join(entry.All("NtryDtls/Btch/PmtInfId")
        .Concat(entry.All("NtryDtls/Btch/MsgId")));

    private static IEnumerable<string> Structured(XElement details) =>
        details.All("RmtInf/Strd/CdtrRefInf/Ref").Select(each => each.Value.Trim());

    private static string Join(IEnumerable<XElement> elements) => string.Join(' ',
        elements.Select(each => each.Value.Trim()).Where(text => !BankTexts.IsNothing(text)));

    private static DateOnly? Day(XElement? parent)
    {
        var text = parent.Text("Dt") ?? parent.Text("DtTm");
        if (text is null) return null;
        return Parse.Day("file", text.Length > 10 && text[10] is 'T' or 'Z' or '+' or '-'
            ? text[..10] : text);
    }
}
