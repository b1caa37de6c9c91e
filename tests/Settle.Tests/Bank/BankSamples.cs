using System.IO.Compression;
using System.Text;
using Settle.Bank;

namespace Settle.Tests.Bank;

/// <summary>Files as banks give them, made by the formats' public specifications.</summary>
internal static class BankSamples
{
    public const string Iban = "DE89370400440532013000";

    /// <summary>A line of camt without a reference of the bank's.</summary>
    public static string Line(string amount, string text, string day = "2026-11-12",
        string more = "", string mark = "CRDT", string details = "") => $"""
        <Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>{more}<Sts>BOOK</Sts>
        <BookgDt><Dt>{day}</Dt></BookgDt><NtryDtls><TxDtls>{details}
        <RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
        """;

    public static string Reference(string reference) => $"<AcctSvcrRef>{reference}</AcctSvcrRef>";

    public static string Camt053(string lines, string id = "S1", decimal? opening = null,
        decimal? closing = null) => Camt("BkToCstmrStmt", "Stmt", "053", lines, id, opening, closing);

    public static string Camt052(string lines, string id = "R1", decimal? opening = null) =>
        Camt("BkToCstmrAcctRpt", "Rpt", "052", lines, id, opening, null);

    public static string Camt054(string lines, string id = "N1") =>
        Camt("BkToCstmrDbtCdtNtfctn", "Ntfctn", "054", lines, id, null, null);

    public static IReadOnlyList<BankLine> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static IReadOnlyList<BankLine> Read(byte[] bytes) => BankFile.Read(new MemoryStream(bytes));

    public static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var file = zip.CreateEntry(name).Open();
                file.Write(bytes);
            }
        }
        return archive.ToArray();
    }

    private static string Camt(string message, string part, string number, string lines, string id,
        decimal? opening, decimal? closing) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{number}.001.08"><{message}>
        <GrpHdr><MsgId>M-{id}</MsgId></GrpHdr><{part}><Id>{id}</Id>
        <Acct><Id><IBAN>{Iban}</IBAN></Id></Acct>
        {Balance("OPBD", opening)}{Balance("CLBD", closing)}{lines}</{part}></{message}></Document>
        """;

    private static string Balance(string code, decimal? amount) => amount is not { } value ? ""
        : FormattableString.Invariant($"""
            <Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{decimal.Abs(value)}</Amt>
            <CdtDbtInd>{(value < 0 ? "DBIT" : "CRDT")}</CdtDbtInd></Bal>
            """);
}
