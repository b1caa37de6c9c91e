using System.Text;
using System.Xml.Linq;
using Settle.Billing;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>An invoice in another currency states its tax in the seller's too.</summary>
public sealed class TaxCurrencyTests
{
    [Fact]
    public Task Tax_is_stated_in_the_sellers_currency_at_the_rate_of_the_run() => BillingTable.RunAsync("""
        seller 19
        customer ann asset USD
        customer bob asset USD
        charge c1 ann 100.00 on 2026-10-05                        100.00
        charge c2 bob 33.33 on 2026-10-05                         33.33
        charge c3 bob 10.00 tax export on 2026-10-05              10.00
        dry r0 2026-10-31                                         nothing
        parked r0                                                 ann exchange_rate_missing, bob exchange_rate_missing
        run r1 2026-10-31                                         nothing
        parked r1                                                 ann exchange_rate_missing, bob exchange_rate_missing
        dry r2 2026-10-31 rate EUR/USD=1.0863@2026-10-30          2026-000001 ann 119.00, 2026-000002 bob 49.66
        run r2 2026-10-31 rate EUR/USD=1.0863@2026-10-30          2026-000001 ann 119.00, 2026-000002 bob 49.66
        converted 2026-000001                                     17.49 EUR at EUR/USD 1.0863 of 2026-10-30
        converted 2026-000002                                     5.83 EUR at EUR/USD 1.0863 of 2026-10-30
        run r2 2026-10-31 rate EUR/USD=1.0863@2026-10-30          2026-000001 ann 119.00 again, 2026-000002 bob 49.66 again
        run r2 2026-10-31 rate EUR/USD=1.0864@2026-10-30          id_reused rates
        run r2 2026-10-31 rate EUR/USD=1.0863@2026-10-29          id_reused rates
        run r2 2026-10-31                                         id_reused rates
        credit g1 2026-000001 59.50                               C2026-000001 59.50
        converted C2026-000001                                    8.75 EUR at EUR/USD 1.0863 of 2026-10-30
        restart
        converted 2026-000001                                     17.49 EUR at EUR/USD 1.0863 of 2026-10-30
        """);

    // 5.80 USD are 5.34 EUR, and 1.98, 1.98 and 1.84 USD each by itself would be 1.82, 1.82 and 1.69.
    [Fact]
    public Task Credit_notes_take_back_the_tax_in_the_sellers_currency_to_the_cent() => BillingTable.RunAsync("""
        seller 19 7
        customer ann asset USD
        charge c1 ann 17.57 on 2026-10-05                         17.57
        charge c2 ann 35.13 tax 7 on 2026-10-05                   35.13
        run r1 2026-10-31 rate EUR/USD=1.0863@2026-10-30          2026-000001 ann 58.50
        converted 2026-000001                                     5.34 EUR at EUR/USD 1.0863 of 2026-10-30
        credit g1 2026-000001 20.00                               C2026-000001 20.00
        converted C2026-000001                                    1.82 EUR at EUR/USD 1.0863 of 2026-10-30
        credit g2 2026-000001 20.00                               C2026-000002 20.00
        restart
        converted C2026-000002                                    1.83 EUR at EUR/USD 1.0863 of 2026-10-30
        credit g3 2026-000001                                     C2026-000003 18.50
        converted C2026-000003                                    1.69 EUR at EUR/USD 1.0863 of 2026-10-30
        restart
        converted C2026-000001                                    1.82 EUR at EUR/USD 1.0863 of 2026-10-30
        converted C2026-000003                                    1.69 EUR at EUR/USD 1.0863 of 2026-10-30
        """);

    [Fact]
    public Task A_rate_may_be_given_in_either_direction_and_for_several_currencies() => BillingTable.RunAsync("""
        seller 23 country PL number 5260001246
        customer ann asset EUR
        customer bob asset USD
        customer eve asset PLN
        charge c1 ann 100.00 on 2026-10-05                        100.00
        charge c2 bob 100.00 on 2026-10-05                        100.00
        charge c3 eve 100.00 on 2026-10-05                        100.00
        run r1 2026-10-31 rate EUR/PLN=4.2512@2026-10-30 rate PLN/USD=0.255@2026-10-29  2026-000001 ann 123.00, 2026-000002 bob 123.00, 2026-000003 eve 123.00
        converted 2026-000001                                     97.78 PLN at EUR/PLN 4.2512 of 2026-10-30
        converted 2026-000002                                     90.20 PLN at PLN/USD 0.255 of 2026-10-29
        converted 2026-000003                                     none
        """);

    [Fact]
    public Task Only_what_has_tax_needs_a_rate() => BillingTable.RunAsync("""
        seller 19
        customer ann asset USD
        charge c1 ann 100.00 tax export on 2026-10-05             100.00
        run r1 2026-10-31                                         2026-000001 ann 100.00
        converted 2026-000001                                     none
        charge c2 ann 100.00 tax export on 2026-10-05             100.00
        run r2 2026-10-31 rate EUR/USD=1.0863@2026-10-30          2026-000002 ann 100.00
        converted 2026-000002                                     none
        """);

    [Fact]
    public Task A_seller_outside_of_such_a_law_needs_a_rate_only_if_it_says_so() => BillingTable.RunAsync("""
        seller 10 country JP number 12
        customer ann asset USD
        charge c1 ann 100.00 on 2026-10-05                        100.00
        run r0 2026-10-31 rate JPY/USD=0.0066@2026-10-30          invalid rates[0]
        run r1 2026-10-31                                         2026-000001 ann 110.00
        converted 2026-000001                                     none
        seller 10 country JP number 12 currency JPY
        charge c2 ann 100.00 on 2026-10-05                        100.00
        run r2 2026-10-31                                         nothing
        run r3 2026-10-31 rate USD/JPY=150.5@2026-10-30           2026-000002 ann 110.00
        converted 2026-000002                                     1505 JPY at USD/JPY 150.5 of 2026-10-30
        seller 10 currency XYZ                                    invalid party.tax_currency
        """);

    [Fact]
    public Task In_the_ledgers_own_currency_a_missing_rate_is_a_warning() => BillingTable.RunAsync("""
        seller 8.1 country CH number 12
        customer ann
        customer bob asset USD
        customer eve asset CHF
        charge c1 ann 100.00 on 2026-10-05                        100.00
        charge c2 bob 100.00 on 2026-10-05                        100.00
        charge c3 eve 100.00 on 2026-10-05                        100.00
        run r1 2026-10-31                                         2026-000001 ann 108.10, 2026-000002 eve 108.10
        parked r1                                                 bob exchange_rate_missing
        warned r1                                                 ann: its tax is in EUR only, but its seller's country (CH) or tax currency wants it in CHF too: give the run a rate, CHF/EUR
        seller 8.1 country CH number 12 currency EUR
        charge c4 ann 100.00 on 2026-10-05                        100.00
        run r2 2026-10-31 only ann                                2026-000003 ann 108.10
        warned r2                                                 no
        """);

    [Fact]
    public Task A_rate_that_makes_no_sense_is_refused_before_anything_is_made() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 100.00 on 2026-10-05                        100.00
        run r1 2026-10-31 rate EUR/EUR=1@2026-10-30               invalid rates[0]
        run r1 2026-10-31 rate GBP/USD=1.2@2026-10-30             invalid rates[0]
        run r1 2026-10-31 rate EUR/USX=1.2@2026-10-30             invalid rates[0].quote
        run r1 2026-10-31 rate HOURS/EUR=1.2@2026-10-30           invalid rates[0].base
        run r1 2026-10-31 rate EUR/USD=0@2026-10-30               invalid rates[0].rate
        run r1 2026-10-31 rate EUR/USD=-1@2026-10-30              invalid rates[0].rate
        run r1 2026-10-31 rate EUR/USD=1.0000000000001@2026-10-30  invalid rates[0].rate
        run r1 2026-10-31 rate EUR/USD=1.2@2026-10-30 rate USD/EUR=0.8@2026-10-30   invalid rates[1]
        run r1 2026-10-31 rate EUR/USD=1.2@1800-10-30             invalid rates[0].date
        uninvoiced                                                c1
        """);

    [Fact]
    public Task No_rate_is_of_a_day_after_the_invoice() => BillingTable.RunAsync("""
        seller 19
        customer ann asset USD
        charge c1 ann 100.00 on 2026-10-05                        100.00
        run r1 2026-10-31 dated 2026-10-31 rate EUR/USD=1.08@2026-11-01  invalid rates[0].date
        dry r1 2026-10-31 dated 2026-10-31 rate EUR/USD=1.08@2062-10-30  invalid rates[0].date
        run r1 2026-10-31 rate EUR/USD=1.08@2026-11-22            invalid rates[0].date
        uninvoiced                                                c1
        run r1 2026-10-31 dated 2026-10-31 rate EUR/USD=1.08@2026-10-31  2026-000001 ann 119.00
        """);

    [Theory]
    [InlineData(1900, 2, "EUR", "EUR", "1.0863", 1749)] // 19.00 USD / 1.0863 = 17.4905...
    [InlineData(1, 2, "EUR", "EUR", "2", 1)] // half a cent away from zero
    [InlineData(1, 2, "EUR", "USD", "0.5", 1)]
    [InlineData(1, 2, "EUR", "EUR", "2.1", 0)]
    [InlineData(1000, 0, "EUR", "EUR", "160", 625)] // yen have no decimals
    [InlineData(12345, 3, "EUR", "KWD", "3", 3704)] // dinars have three
    [InlineData(Limits.AmountMax, 2, "EUR", "EUR", "0.5", -1)] // more than an amount can be
    public void A_tax_is_converted_once_and_rounded_half_away_from_zero(
        long tax, int scale, string currency, string one, string rate, long expected)
    {
        var conversion = new TaxConversion(currency, one, one == "EUR" ? "XYZ" : "EUR",
            decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(expected, conversion.Convert(tax, scale) ?? -1);
    }

    [Fact]
    public void Both_syntaxes_and_the_letter_state_it()
    {
        var invoice = Paper.Examples.All["dollars with tax"];
        Assert.Empty(InvoicePaper.Check(invoice));
        var ubl = XDocument.Parse(Encoding.UTF8.GetString(InvoicePaper.Ubl(invoice))).Root!;
        Assert.Equal("EUR", ubl.Elements().Single(e => e.Name.LocalName == "TaxCurrencyCode").Value);
        Assert.Equal([("57.00", "USD"), ("52.47", "EUR")], ubl.Elements().Where(e => e.Name.LocalName == "TaxTotal")
            .Select(e => e.Elements().First(part => part.Name.LocalName == "TaxAmount"))
            .Select(e => (e.Value, e.Attribute("currencyID")!.Value)));
        var cii = XDocument.Parse(Encoding.UTF8.GetString(InvoicePaper.Cii(invoice))).Root!;
        Assert.Equal("EUR", cii.Descendants().Single(e => e.Name.LocalName == "TaxCurrencyCode").Value);
        Assert.Equal([("57.00", "USD"), ("52.47", "EUR")],
            cii.Descendants().Where(e => e.Name.LocalName == "TaxTotalAmount")
                .Select(e => (e.Value, e.Attribute("currencyID")!.Value)));
        const string Words = "Umsatzsteuer in EUR: 52,47 (1 EUR = 1,0863 USD, Kurs vom 30.10.2026)";
        Assert.Equal(Words, Assert.Single(ElectronicInvoice.Of(invoice).Notes).Text);
        Assert.Contains(Words, Paper.LetterText.Of(invoice), StringComparison.Ordinal);
        var large = invoice with { TaxInCurrency = Money.OfMinor(21_593_289, "EUR") };
        foreach (var (language, amount) in ((string, string)[])[("de", "215.932,89"), ("en", "215,932.89"), ("fr", "215\u00A0932,89")])
            Assert.Contains($": {amount} (", Settle.Views.InvoiceWords.Of(language).Converted(large), StringComparison.Ordinal);
    }
}
