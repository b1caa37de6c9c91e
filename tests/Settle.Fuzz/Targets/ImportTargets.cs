using Settle.Bank;
using Settle.Import;
using static Settle.Fuzz.Targets.AllTargets;

namespace Settle.Fuzz.Targets;

/// <summary>Files that people bring: CSV, also packed, and bank statements.</summary>
internal static class ImportTargets
{
    private const string Camt =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>
        <Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
        <Ntry><NtryRef>N1</NtryRef><Amt Ccy="EUR">119.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>2026-10-31</Dt></BookgDt><ValDt><Dt>2026-10-31</Dt></ValDt><AcctSvcrRef>A1</AcctSvcrRef>
        <NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><Amt Ccy="EUR">119.00</Amt><RltdPties><Dbtr><Nm>Dave</Nm></Dbtr></RltdPties>
        <RmtInf><Ustrd>2026-0001</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>
        """;

    public static IEnumerable<Target> All =>
    [
        Csv("csv-transfers", "id,date,from,to,amount,asset,memo,meta:x\n1,2026-10-31,Alex,Dave,50.00,EUR,\"a,b\",y\n"),
        Csv("csv-accounts", "account,overdraft,ceiling,closed,asset\nAlex,100.00,none,false,EUR\n"),
        Csv("csv-charges", "id,customer,amount,description,date,tax\n1,dave,9.90,lunch,2026-10-31,19\n"),
        Csv("csv-customers", "customer,name,country,street,city\ndave,Dave,DE,Lindenstr. 5,Berlin\n"),
        Csv("csv-subscriptions", "id,customer,description,amount,start\n1,dave,desk,199.00,2026-10-01\n"),
        new("bank-camt", [Bytes(Camt)],
            Words("<Ntry>|</Ntry>|<Amt Ccy=\"EUR\">|<Stmt>|</Stmt>|CRDT|DBIT|BOOK|<Dt>|<DtTm>|<RvslInd>true</RvslInd>|<Btch>|<TxDtls>|&#0;|&lt;|<![CDATA[|]]>|<!DOCTYPE a>"),
            input => Refusing<SettleException>(() => CamtReader.Read(new MemoryStream(input)))),
    ];

    // The whole way of a file, into a ledger in memory that has a seller and a customer.
    private static Target Csv(string name, string seed) => new(name,
        [Bytes(seed), Bytes("\uFEFF" + seed.Replace("\n", "\r\n", StringComparison.Ordinal)), Packed(seed)],
        Words("\"|\"\"|,|;|\t|\n|\r\n|id|date|from|to|amount|asset|account|overdraft|unlimited|ceiling|none|customer|description|start|=1+1"),
        input => Refusing<SettleException>(() => ImportAsync(input, name == "csv-accounts").GetAwaiter().GetResult()))
    {
        AllocatedMax = 64 * 1024 * 1024,
    };

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, true))
            gzip.Write(Bytes(text));
        return packed.ToArray();
    }

    private static async Task ImportAsync(byte[] input, bool isAccounts)
    {
        await using var ledger = Ledger.InMemory();
        var path = Path.Combine(Path.GetTempPath(), $"settle-fuzz-{Environment.ProcessId}.csv");
        await File.WriteAllBytesAsync(path, input);
        using var file = await ImportFile.OpenAsync(path, default);
        var kind = file.ReadKind();
        var billing = new BillingImport(ledger, null, null);
        _ = kind switch
        {
            CsvFileKind.Charges => await billing.ChargesAsync(file, null, default),
            CsvFileKind.Customers => await billing.CustomersAsync(file, default),
            CsvFileKind.Subscriptions => await billing.SubscriptionsAsync(file, default),
            _ => await new CsvImport(ledger, null, null).RunAsync(
                isAccounts ? file : null, isAccounts ? null : file, null, default),
        };
    }
}
