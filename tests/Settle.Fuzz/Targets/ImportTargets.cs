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

    private const string Mt940 =
        ":20:S1\n:25:DE02120300000000202051EUR\n:28C:12/1\n:60F:C261111EUR0,00\n:61:2611121112RCR11,90NTRFNONREF//B4711-08\n"
        + "/OCMT/EUR11,90/\n:86:166?00GUT?20EREF+E1?21SVWZ+2026-0001?22OAMT+11,90?30BYLADEM1001?31DE02120300000000202051?32Dave\n"
        + ":61:261112D5,NMSCNONREF\n:86:/EREF/E2//CNTP/NL91ABNA0417164300/ABNANL2A/Dave/Utrecht//REMI/USTD//2026-0001/\n"
        + ":62F:D261112EUR16,90\n-\n";

    public static IEnumerable<Target> All =>
    [
        Csv("csv-transfers", "id,date,from,to,amount,asset,memo,meta:x\n1,2026-10-31,Alex,Dave,50.00,EUR,\"a,b\",y\n"),
        Csv("csv-accounts", "account,overdraft,ceiling,closed,asset\nAlex,100.00,none,false,EUR\n"),
        Csv("csv-charges", "id,customer,amount,description,date,tax\n1,dave,9.90,lunch,2026-10-31,19\n"),
        Csv("csv-customers", "customer,name,country,street,city\ndave,Dave,DE,Lindenstr. 5,Berlin\n"),
        Csv("csv-subscriptions", "id,customer,description,amount,start\n1,dave,desk,199.00,2026-10-01\n"),
        new("bank-camt", [Bytes(Camt)],
            Words("<Ntry>|</Ntry>|<Amt Ccy=\"EUR\">|<Stmt>|</Stmt>|CRDT|DBIT|BOOK|<Dt>|<DtTm>|<RvslInd>true</RvslInd>|<Btch>|<TxDtls>|&#0;|&lt;|<![CDATA[|]]>|<!DOCTYPE a>"),
            ReadBank),
        new("bank-encoding", [Latin(Camt.Replace("UTF-8", "windows-1252", StringComparison.Ordinal).Replace("Dave", "Dävé", StringComparison.Ordinal))],
            Words("windows-1252|ISO-8859-15|UTF-8|UTF-16|us-ascii|encoding=\"|\u00E4|standalone=\"yes\"|<BizMsg>|<Document>"), ReadBank),
        new("bank-mt940", [Bytes(Mt940), Latin(Mt940.Replace("Dave", "Dävé", StringComparison.Ordinal))],
            Words(":61:|:86:|:20:|:60F:|:62F:|:25:|:28C:|:34F:EUR0,|?20|?32|?31|SVWZ+|EREF+|OAMT+|/REMI/|/CNTP/|/OCMT/EUR|//|\n|-|-}|{1:F01}{4:|RC|RD|RF18539007547034"),
            ReadBank),
        new("bank-zip", [Zipped(Camt)], Words("PK\u0003\u0004|PK\u0001\u0002|PK\u0005\u0006|a.xml"), ReadBank)
        {
            AllocatedMax = 256 * 1024 * 1024,
        },
    ];

    // What is read is matched, too: lines name an invoice, and take back a payment.
    private static void ReadBank(byte[] input) => Refusing<SettleException>(() =>
        BankMatcher.Match(BankFile.Read(new MemoryStream(input)), Books));

    private static BankBooks Books { get; } = new(
        [new("2026-0001", "dave", "Dave", "EUR", new DateOnly(2026, 10, 31), 11900, 11900)])
    {
        Others = [new("GS-2026-0001", null, true)],
        Payments = [new()
        {
            Id = "p-1", Customer = "dave", Amount = Money.OfMinor(1190, "EUR"), Date = new DateOnly(2026, 10, 31),
            Invoice = "2026-0002", Reference = "Dave E2E-000077", From = "@world", Allocations = [],
            Unallocated = Money.OfMinor(0, "EUR"), Block = 1,
        }],
    };

    private static byte[] Latin(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    private static byte[] Zipped(string text)
    {
        using var archive = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(archive, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var file = zip.CreateEntry("a.xml").Open();
            file.Write(Bytes(text));
        }
        return archive.ToArray();
    }

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
