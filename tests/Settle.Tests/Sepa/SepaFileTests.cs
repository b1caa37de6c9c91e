using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Settle.Paper.Xml;
using Settle.Sepa;
using Xunit;

namespace Settle.Tests.Sepa;

/// <summary>Files for banks, by the public schemas and the rules of SEPA beyond them.</summary>
public sealed partial class SepaFileTests
{
    private static readonly Party Seller = new()
    {
        Name = "Bänke & Söhne GmbH", Country = "DE", Iban = "DE02120300000000202051", Bic = "BYLADEM1001",
        CreditorId = "DE98ZZZ09999999999",
    };

    private static readonly Party German = new()
    {
        Name = "Jürgen Groß", Country = "DE", Iban = "DE89370400440532013000",
        Mandate = "M-1", MandateDate = new DateOnly(2026, 1, 2),
    };

    private static readonly Party Swiss = new()
    {
        Name = "Zoë Zürcher", Country = "CH", Iban = "CH9300762011623852957", Bic = "POFICHBEXXX", Street = "Hauptstr. 3",
        PostalCode = "8001", City = "Zürich", Mandate = "M-2", MandateDate = new DateOnly(2026, 2, 3), MandateScheme = "b2b",
    };

    private static readonly SepaOrder Debits = Order(SepaOrderType.Debit,
        Item("2026-000001", 1190, German, "FRST"), Item("2026-000002", 99_999_999_999, Swiss, "RCUR"),
        Item("2026-000003", 1, German, "RCUR"), Item("RE/4711 \u00dc", 200, German, "RCUR"));

    private static readonly SepaOrder Refunds = Order(SepaOrderType.Refund,
        Item("r-1", 2000, German with { Mandate = null, MandateDate = null }), Item("r-2", 5, Swiss));

    [Fact]
    public void Direct_debits_follow_the_public_schema() => SepaSchemas.Check(SepaFile.Write(Debits), "pain.008.001.08");

    [Fact]
    public void Refunds_follow_the_public_schema() => SepaSchemas.Check(SepaFile.Write(Refunds), "pain.001.001.09");

    [Fact]
    public void The_same_order_is_the_same_file() => Assert.Equal(SepaFile.Write(Debits), SepaFile.Write(Debits with { Replayed = true }));

    [Fact]
    public void Each_scheme_and_sequence_has_a_part_with_its_own_sums()
    {
        var message = Root(SepaFile.Write(Debits)).One("CstmrDrctDbtInitn")!;
        Assert.Equal(("4", "1000000013.90"), (message.Text("GrpHdr/NbOfTxs"), message.Text("GrpHdr/CtrlSum")));
        Assert.Equal("2026-11-03T09:14:05Z", message.Text("GrpHdr/CreDtTm"));
        Assert.Equal(["B2B RCUR 1 999999999.99", "CORE FRST 1 11.90", "CORE RCUR 2 2.01"], message.All("PmtInf")
            .Select(part => $"{part.Text("PmtTpInf/LclInstrm/Cd")} {part.Text("PmtTpInf/SeqTp")} {part.Text("NbOfTxs")} {part.Text("CtrlSum")}"));
        foreach (var part in message.All("PmtInf"))
        {
            Assert.Equal(("DD", "2026-11-16", "SEPA", "SLEV"), (part.Text("PmtMtd"), part.Text("ReqdColltnDt"),
                part.Text("PmtTpInf/SvcLvl/Cd"), part.Text("ChrgBr")));
            Assert.Equal(("DE98ZZZ09999999999", "SEPA"), (part.Text("CdtrSchmeId/Id/PrvtId/Othr/Id"),
                part.Text("CdtrSchmeId/Id/PrvtId/Othr/SchmeNm/Prtry")));
        }
    }

    [Fact]
    public void A_debit_names_its_mandate_and_the_invoice()
    {
        var debit = Root(SepaFile.Write(Debits)).All("CstmrDrctDbtInitn/PmtInf/DrctDbtTxInf")
            .Single(each => each.Text("PmtId/EndToEndId") == "2026-000001");
        Assert.Equal(("11.90", "EUR"), (debit.Text("InstdAmt"), debit.One("InstdAmt")!.Attribute("Ccy")!.Value));
        Assert.Equal(("M-1", "2026-01-02"), (debit.Text("DrctDbtTx/MndtRltdInf/MndtId"), debit.Text("DrctDbtTx/MndtRltdInf/DtOfSgntr")));
        Assert.Equal(("Jurgen Gros", "DE89370400440532013000", "NOTPROVIDED"), (debit.Text("Dbtr/Nm"), debit.Text("DbtrAcct/Id/IBAN"),
            debit.Text("DbtrAgt/FinInstnId/Othr/Id")));
        Assert.Equal("2026-000001 Banke + Sohne GmbH", debit.Text("RmtInf/Ustrd"));
    }

    // Banks outside the European Economic Area want it, in its parts.
    [Fact]
    public void An_account_outside_the_EEA_has_address_and_BIC()
    {
        var debit = Root(SepaFile.Write(Debits)).All("CstmrDrctDbtInitn/PmtInf/DrctDbtTxInf")
            .Single(each => each.Text("PmtId/EndToEndId") == "2026-000002");
        Assert.Equal("POFICHBEXXX", debit.Text("DbtrAgt/FinInstnId/BICFI"));
        Assert.Equal(["StrtNm Hauptstr. 3", "PstCd 8001", "TwnNm Zurich", "Ctry CH"],
            debit.One("Dbtr/PstlAdr")!.Elements().Select(part => $"{part.Name.LocalName} {part.Value}"));
    }

    [Fact]
    public void Only_letters_that_every_bank_knows_are_in_it()
    {
        foreach (var message in (byte[][])[SepaFile.Write(Debits), SepaFile.Write(Refunds)])
        {
            foreach (var value in Root(message).Descendants().Where(each => !each.HasElements).Select(each => each.Value))
            {
                Assert.Matches(Known(), value);
                Assert.DoesNotContain("//", value, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("Ä Ö Ü ä ö ü ß & é Ł ø Æ", "A O U a o u s + e L o A")]
    [InlineData("Jo\u0308rg", "Jorg")]
    [InlineData("/a//b/", "a/b")]
    [InlineData("Σίσυφος", "Sisyfos")]
    [InlineData("a_b@c.de \"x\"", "a-b.c.de .x.")]
    [InlineData("\u2603", ".")]
    public void Letters_become_those_that_banks_know(string text, string known) => Assert.Equal(known, SepaText.Of(text, 140));

    [Fact]
    public void A_long_name_is_cut() => Assert.Equal(70, SepaText.Of(new string('x', 200), SepaText.NameMax).Length);

    // Its number has a slash in it, which may stay, and a letter that may not.
    [Fact]
    public void A_number_that_banks_would_change_has_a_reference_of_its_own()
    {
        var item = Debits.Items[^1];
        Assert.Matches("^S-[0-9]{20}$", item.EndToEndId);
        Assert.Contains(item.EndToEndId, Encoding.UTF8.GetString(SepaFile.Write(Debits)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_cancelled_or_erased_is_not_written()
    {
        Assert.Throws<InvalidRequestException>(() => SepaFile.Write(Debits with { Items = [.. Debits.Items.Select(item => item with { Cancelled = true })] }));
        Assert.Throws<InvalidRequestException>(() => SepaFile.Write(Debits with { Items = [Debits.Items[0] with { Party = null }] }));
    }

    private static SepaOrder Order(SepaOrderType type, params SepaItem[] items) => new()
    {
        Id = "d1:2026-11-16", Type = type, Date = new DateOnly(2026, 11, 16),
        Made = new DateTimeOffset(2026, 11, 3, 9, 14, 5, TimeSpan.Zero), MessageId = "SETTLE-01234567890123456789",
        Amount = Money.OfMinor(items.Sum(item => (long)item.Amount.Units), "EUR"), Seller = Seller, Items = items, Block = 7,
    };

    private static SepaItem Item(string number, long amount, Party party, string? sequence = null) => new()
    {
        Number = number, Customer = "c", Amount = Money.OfMinor(amount, "EUR"), Party = party, Sequence = sequence,
        EndToEndId = Settle.Billing.Rules.SepaReference.EndToEnd(number),
    };

    private static XElement Root(byte[] message) => XDocument.Load(new MemoryStream(message)).Root!;

    [GeneratedRegex(@"^[A-Za-z0-9/\-?:().,'+ ]+$")]
    private static partial Regex Known();
}
