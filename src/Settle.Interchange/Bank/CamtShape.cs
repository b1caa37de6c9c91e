using System.Xml.Linq;
using Settle.Paper.Xml;

namespace Settle.Bank;

/// <summary>
/// What may be in an entry of a camt message once at most: two of it can be read in two ways.
/// </summary>
internal static class CamtShape
{
    private static readonly string[] OfEntry =
    [
        "Amt", "CdtDbtInd", "RvslInd", "Sts", "Sts/Cd", "BookgDt", "BookgDt/Dt", "BookgDt/DtTm",
        "ValDt", "ValDt/Dt", "ValDt/DtTm", "AcctSvcrRef", "NtryRef",
    ];

    private static readonly string[] OfDetails =
    [
        "Amt", "CdtDbtInd", "AmtDtls", "AmtDtls/TxAmt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt",
        "AmtDtls/InstdAmt/Amt", "Refs", "Refs/AcctSvcrRef", "Refs/EndToEndId", "Refs/TxId",
        "Refs/UETR", "RltdPties", "RltdPties/Dbtr", "RltdPties/Dbtr/Nm", "RltdPties/Dbtr/Pty/Nm",
        "RltdPties/DbtrAcct", "RltdPties/DbtrAcct/Id/IBAN", "RltdPties/Cdtr", "RltdPties/Cdtr/Nm",
        "RltdPties/Cdtr/Pty/Nm", "RltdPties/CdtrAcct", "RltdPties/CdtrAcct/Id/IBAN",
    ];

    /// <exception cref="InvalidRequestException">Something is in it twice.</exception>
    public static void CheckEntry(XElement entry) => Check(entry, OfEntry);

    /// <inheritdoc cref="CheckEntry"/>
    public static void CheckDetails(XElement details) => Check(details, OfDetails);

    /// <summary>
    /// Whether a single transfer is of its line's amount and direction.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="entry">Its entry.</param>
    /// <param name="details">The only transfer in it.</param>
    /// <exception cref="InvalidRequestException">It is not.</exception>
    public static void CheckAgrees(BankLine line, XElement entry, XElement details)
    {
        var direction = details.Text("CdtDbtInd");
        // What takes something back may have the direction of that.
        if (direction is not null && CamtEntry.IsCredit(direction) != line.IsCredit
            && !line.IsReversal)
        {
            throw new InvalidRequestException("file", $"is {entry.Text("CdtDbtInd")}, but its "
                + $"transfer (TxDtls) is {direction}");
        }
        // That of a return may be what it takes back, where the bank's fee is in the line's.
        if ((line.IsReturn ? details.One("Amt") : CamtEntry.AmountOf(details)) is not { } amount
            || amount.Attribute("Ccy")?.Value != line.Asset) return;
        var own = CamtEntry.Amount(amount);
        if (own == line.Amount || Charges(line, entry, details)
            .Any(charge => own + charge == line.Amount || own - charge == line.Amount)) return;
        throw new InvalidRequestException("file", $"is of "
            + $"{Money.OfMinor(line.Amount, line.Asset)}, but its transfer (TxDtls) is of "
            + $"{Money.OfMinor(own, line.Asset)}");
    }

    // What banks ask for may be in a line's amount, and not in the transfer's.
    private static IEnumerable<long> Charges(BankLine line, XElement entry, XElement details)
    {
        foreach (var charges in entry.All("Chrgs").Concat(details.All("Chrgs")))
        {
            var parts = charges.All("Rcrd/Amt").Concat(charges.All("Amt"))
                .Where(each => each.Attribute("Ccy")?.Value == line.Asset)
                .Select(CamtEntry.Amount).ToList();
            var total = charges.One("TtlChrgsAndTaxAmt");
            if (total?.Attribute("Ccy")?.Value == line.Asset) yield return CamtEntry.Amount(total);
            if (parts.Count > 0) yield return parts.Aggregate((sum, part) => sum + part);
        }
    }

    private static void Check(XElement element, string[] paths)
    {
        foreach (var path in paths)
        {
            if (element.All(path).Skip(1).Any())
                throw new InvalidRequestException("file", $"has {path} more than once");
        }
    }
}
