using System.Text;
using System.Text.RegularExpressions;
using Settle.Bank;
using Xunit;

namespace Settle.Tests.Bank;

/// <summary>Whatever a bank's file holds, it is read or refused, and nothing else.</summary>
public sealed partial class DamagedCamtTests
{
    private const int Files = 3000;

    private static readonly string[] Nasty =
    [
        "", " ", "-1", "0", "0.00", "1e9", "NaN", "9007199254740993", "99999999999999999999999999",
        "1,50", "0.001", "0000-00-00", "2026-02-30", "9999-12-31", "2026-11-12T25:00:00", "BOOK",
        "PDNG", "CRDT", "\u202e", "ß", "&amp;", "<Amt/>", "<Dt>", "]]>", "\0", "EUR", "JPY", "true",
    ];

    [Fact]
    public void A_damaged_file_is_read_or_refused_by_name()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (read, refused) = (0, 0);
        for (var file = 0; file < Files; file++)
        {
            var text = Whole;
            for (var damage = random.Next(2); damage >= 0; damage--) text = Damage(text, random);
            try
            {
                var lines = BankFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
                Assert.All(lines, line =>
                {
                    Assert.InRange(line.Amount, 0, Limits.AmountMax);
                    Assert.NotEmpty(line.Id);
                });
                Assert.Equal(lines.Count, lines.Select(line => line.Id).Distinct().Count());
                read++;
            }
            catch (InvalidRequestException e)
            {
                Assert.Contains(e.Field, (string[])["file", "amount"]);
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{e}\n{text}");
            }
        }
        // Neither may be all of them, or nothing was tried.
        Assert.InRange(read, Files / 30, Files);
        Assert.InRange(refused, Files / 30, Files);
    }

    private static string Damage(string text, Random random)
    {
        var values = Values().Matches(text);
        var at = random.Next(text.Length);
        var length = int.Min(random.Next(1, 80), text.Length - at);
        return random.Next(12) switch
        {
            0 => text[..at],
            1 => text.Remove(at, length),
            2 => text.Insert(at, text.Substring(at, length)),
            3 => text.Insert(at, Nasty[random.Next(Nasty.Length)]),
            _ when values.Count == 0 => text,
            _ => Replace(text, values[random.Next(values.Count)], Nasty[random.Next(Nasty.Length)]),
        };
    }

    private static string Replace(string text, Match value, string with) =>
        string.Concat(text.AsSpan(0, value.Index), with, text.AsSpan(value.Index + value.Length));

    // What stands in an element or an attribute.
    [GeneratedRegex("(?<=>)[^<>]+(?=</)|(?<=\")[^\"<>]*(?=\")")]
    private static partial Regex Values();

    private const string Whole = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
        <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
        <Ntry><Amt Ccy="EUR">397.30</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>2026-11-12</Dt></BookgDt><AcctSvcrRef>77</AcctSvcrRef>
        <NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Bench</Nm></Pty></Dbtr></RltdPties>
        <RmtInf><Ustrd>2026-000123</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><DtTm>2026-11-12T10:00:00Z</DtTm></BookgDt><NtryRef>S1</NtryRef><NtryDtls>
        <TxDtls><Refs><TxId>T1</TxId></Refs><Amt Ccy="EUR">10.00</Amt></TxDtls>
        <TxDtls><Refs><TxId>T2</TxId></Refs><AmtDtls><TxAmt><Amt Ccy="EUR">20.00</Amt></TxAmt></AmtDtls>
        </TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="JPY">500</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>
        <Sts>BOOK</Sts><ValDt><Dt>2026-11-13</Dt></ValDt></Ntry>
        </Stmt></BkToCstmrStmt></Document>
        """;
}
