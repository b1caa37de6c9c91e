using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>The story of 2010: charges through the month, one run at its end.</summary>
public sealed class RunTests
{
    [Fact]
    public Task Each_charge_is_on_one_invoice_however_often_the_run_is_made() => BillingTable.RunAsync("""
        seller 19
        customer ann
        customer bob
        charge c1 ann 10.00 on 2026-10-05              10.00      # by one manager
        charge c2 ann 20.00 on 2026-10-31              20.00      # by another
        charge c3 bob 10.00 on 2026-10-09              10.00
        charge c4 ann 10.00 on 2026-11-01              10.00      # November's
        uninvoiced                                     c1, c2, c3, c4
        dry r0 2026-10-31                              2026-000001 ann 35.70, 2026-000002 bob 11.90
        run r1 2026-10-31                              2026-000001 ann 35.70, 2026-000002 bob 11.90
        charges r1                                     2, 1
        run r1 2026-10-31                              2026-000001 ann 35.70 again, 2026-000002 bob 11.90 again
        run r2 2026-10-31                              nothing
        uninvoiced                                     c4
        billed c1                                      2026-000001
        billed c4                                      no
        balance receivable:ann                         -35.70
        balance revenue                                40.00
        balance tax:S:19                               7.60
        """);

    [Fact]
    public Task A_late_charge_goes_on_the_next_invoice() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 11.90
        charge c2 ann 5.00 on 2026-10-20               5.00
        run r1 2026-10-31                              2026-000001 ann 11.90 again
        uninvoiced                                     c2
        run r2 2026-11-30                              2026-000002 ann 5.95
        lines 2026-000002                              c2 1 x 5 = 5.00 S19
        """);

    [Fact]
    public Task A_run_repeated_with_another_day_is_refused() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31                              2026-000001 ann 11.90
        later 1d
        run r1 2026-10-31                              2026-000001 ann 11.90 again
        run r1 2026-11-30                              id_reused through
        """);

    [Fact]
    public Task A_mistyped_year_charges_no_membership_for_years() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        subscribe desk ann 310.00 from 2026-10-15
        run r1 2062-10-31                              invalid through
        dry r2 2062-10-31                              invalid through
        uninvoiced                                     c1
        """);

    [Fact]
    public Task An_invoice_that_nobody_may_send_gets_no_number() => BillingTable.RunAsync("""
        seller 19
        customer ann private reverse_charge
        customer bob
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 bob 10.00 on 2026-10-05              10.00
        dry r0 2026-10-31                              2026-000001 bob 11.90
        run r1 2026-10-31                              2026-000001 bob 11.90
        parked r1                                      ann BR-AE-02
        uninvoiced                                     c1
        customer ann reverse_charge
        run r2 2026-10-31                              2026-000002 ann 10.00
        erase bob
        charge c3 bob 10.00 on 2026-10-06              10.00
        run r3 2026-10-31                              nothing
        parked r3                                      bob customer_erased
        """);

    [Fact]
    public Task A_customer_that_fails_is_parked_and_stops_nobody() => BillingTable.RunAsync("""
        close tax:S:7
        seller 19 7
        customer ann
        customer bob
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 bob 10.00 tax 7 on 2026-10-05        10.00
        run r1 2026-10-31                              2026-000001 ann 11.90
        parked r1                                      bob account_closed
        why-parked r1                                  now
        run r1 2026-10-31                              2026-000001 ann 11.90 again
        why-parked r1                                  then
        uninvoiced                                     c2
        """);

    [Fact]
    public Task Numbers_have_no_gaps_and_each_year_and_series_its_own() => BillingTable.RunAsync("""
        seller 19
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-12-31             2026-000001 ann 11.90
        charge c2 ann 10.00 on 2026-10-05              10.00
        run r2 2026-10-31 dated 2027-01-01             2027-000001 ann 11.90
        charge c3 ann 10.00 on 2026-10-05              10.00
        run r3 2026-10-31 dated 2026-12-31             2026-000002 ann 11.90
        seller 19 series X{year}/
        charge c4 ann 10.00 on 2026-10-05              10.00
        run r4 2026-10-31 dated 2026-12-31             X2026/000001 ann 11.90
        credit g1 2026-000001                          CX2026/000001 11.90
        seller 19 series 7                             invalid series
        seller 19 series {year}                        invalid series
        """);

    [Fact]
    public Task A_run_may_be_for_one_customer() => BillingTable.RunAsync("""
        seller 19
        customer ann
        customer bob
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 bob 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 only bob                     2026-000001 bob 11.90
        run r2 2026-10-31 only eve                     unknown_customer
        uninvoiced                                     c1
        """);

    [Fact]
    public Task Each_asset_has_its_own_invoice() => BillingTable.RunAsync("""
        seller 19
        customer ann
        customer zoe reverse_charge asset USD
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 ann 10.00 USD on 2026-10-05          10.00
        charge c3 zoe 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 rate EUR/USD=1.25@2026-10-30  2026-000001 ann 11.90, 2026-000002 ann 11.90, 2026-000003 zoe 10.00
        """);

    [Fact]
    public Task A_membership_is_charged_by_the_days_of_its_first_and_last_month() => BillingTable.RunAsync("""
        seller 0
        customer ann
        subscribe desk ann 310.00 from 2026-10-15
        dry r0 2026-10-31                              2026-000001 ann 170.00
        run r1 2026-10-30                              nothing
        run r2 2026-10-31                              2026-000001 ann 170.00
        run r3 2026-10-31                              nothing
        end desk 2026-12-10
        run r4 2026-12-31                              2026-000002 ann 410.00
        lines 2026-000002                              desk:2026-11 1 x 310 = 310.00 Z0, desk:2026-12 1 x 100 = 100.00 Z0
        run r5 2027-01-31                              nothing
        end hall 2026-12-10                            subscription_not_found
        """);

    [Fact]
    public Task A_moment_counts_for_the_day_that_it_is_in_the_customers_zone() => BillingTable.RunAsync("""
        seller 19
        customer ann zone America/New_York
        customer bob zone Asia/Tokyo
        charge c1 ann 10.00 at 2026-11-01T03:59:59Z    10.00       # October there, daylight saving
        charge c2 ann 10.00 at 2026-11-01T04:00:00Z    10.00       # November there
        charge c3 bob 10.00 at 2026-10-31T14:59:59Z    10.00
        charge c4 bob 10.00 at 2026-10-31T15:00:00Z    10.00
        run r1 2026-10-31                              2026-000001 ann 11.90, 2026-000002 bob 11.90
        uninvoiced                                     c2, c4
        """);

    [Fact]
    public Task What_is_wrong_is_said_and_nothing_is_done() => BillingTable.RunAsync("""
        charge c1 ann 10.00 on 2026-10-05              seller_missing
        run r1 2026-10-31                              seller_missing
        seller 19 7
        charge c2 ann 10.00 on 2026-10-05              unknown_customer
        customer ann
        charge c3 ann 10.00 tax 8 on 2026-10-05        unknown_tax_rate
        charge c4 ann 10.00 tax foo on 2026-10-05      invalid tax
        charge c5 ann 0.00 on 2026-10-05               invalid amount
        charge c6 ann -1.00 on 2026-10-05              invalid amount
        charge c7 ann 1 x -1.00 on 2026-10-05          invalid unit_price
        charge c8 ann 0 x 1.00 on 2026-10-05           invalid quantity
        charge c9 ann 1.0000001 x 1.00 on 2026-10-05   invalid quantity
        charge d1 ann 1 x 1.00 less 1.01 on 2026-10-05  amount_out_of_range
        charge d2 ann 1000000000 x 1000000000000 on 2026-10-05  amount_out_of_range
        charge d3 ann 10.00 doubloons on 2026-10-05    unknown_asset
        charge d4 ann 10.00 on 1620-10-05              invalid date
        customer bob cheap                             invalid treatment
        customer bob zone Mars/Olympus                 invalid zone
        customer bob 400d                              invalid terms_days
        charge d5 ann 10.00 on 2026-10-05              10.00
        charge d5 ann 10.00 on 2026-10-05              10.00 again
        charge d5 ann 11.00 on 2026-10-05              id_reused amount
        charge d5 ann 10.00 tax 7 on 2026-10-05        id_reused tax
        uninvoiced                                     d5
        """);
}
