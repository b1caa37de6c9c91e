using Settle.Cli;
using Settle.Tests.Cli;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Import;

/// <summary>Files of customers, subscriptions and charges.</summary>
public sealed class BillingImportTests : IAsyncLifetime
{
    private const string Header = "id,customer,amount,description,date,tax,quantity,unit_price\n";
    private const string Good = "good,dave,10,room,2026-10-12,,,\n";
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _folder.File("bank.db");

    public async ValueTask InitializeAsync()
    {
        await using var ledger = await Settle.Ledger.OpenAsync(Bank, cancellationToken: Stop);
        await BillingServerFixture.PrepareAsync(ledger);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Charges_are_imported_once_however_often_the_file_is()
    {
        const string Csv = Header + Good
            + "b,dave,,workshop,2026-10-13,19,2.5,12.00\n"
            + "c,alex,8.90,\"lunch, for two\",2026-10-31T23:30:00Z,7,,\n";
        var first = (await ImportAsync(Csv, "--json")).Json;
        Assert.Equal(3, first.GetProperty("successful").GetInt64());
        var second = (await ImportAsync(Csv, "--json")).Json;
        Assert.Equal(3, second.GetProperty("already_known").GetInt64());
        var charges = (await CommandRun.DoneAsync(Bank, "charges", "--json")).Json
            .EnumerateArray().ToDictionary(each => each.GetProperty("id").GetString()!);
        Assert.Equal(3, charges.Count);
        Assert.Equal(3000, charges["b"].GetProperty("amount").GetInt64());
        // Half past eleven at night by UTC is the next day in Berlin.
        Assert.Equal("2026-11-01", charges["c"].GetProperty("date").GetString());
    }

    [Fact]
    public async Task A_row_that_the_ledger_refuses_is_counted_and_written()
    {
        await ImportAsync(Header + Good);
        var rejected = _folder.File("rejected.csv");
        var run = await CommandRun.OnAsync(Bank, Header + Good.Replace("10,", "11,")
            + "other,dave,5,room,2026-10-12,,,\n", ["import", "-", "--rejected", rejected]);
        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Equal(["id,customer,amount,description,date,tax,quantity,unit_price,reason,account,spendable,needed,room",
            "good,dave,11,room,2026-10-12,,,,id_reused,,,,"],
            await File.ReadAllLinesAsync(rejected, Stop));
    }

    [Fact]
    public async Task A_file_of_refused_charges_can_be_imported()
    {
        await ImportAsync(Header + Good);
        var refused = _folder.File("refused.csv");
        await CommandRun.OnAsync(Bank, Header + Good.Replace("10,", "11,"),
            ["import", "-", "--rejected", refused]);
        var rows = (await File.ReadAllTextAsync(refused, Stop)).Replace("good", "new");
        Assert.Equal(1, (await ImportAsync(rows, "--json")).Json.GetProperty("successful").GetInt64());
    }

    [Fact]
    public async Task Decimals_that_can_be_read_in_one_way_only_are_billed()
    {
        await ImportAsync(Header + "a,dave,,x,2026-10-12,,0.250,1.125\nb,dave,,x,2026-10-12,,2.50,1250.000\n");
        var charges = (await CommandRun.DoneAsync(Bank, "charges", "--json")).Json
            .EnumerateArray().ToDictionary(each => each.GetProperty("id").GetString()!);
        Assert.Equal(28, charges["a"].GetProperty("amount").GetInt64());
        Assert.Equal(312500, charges["b"].GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task Customers_and_subscriptions_are_imported_once()
    {
        const string Customers = "customer,name,country,city,terms_days,treatment\n"
            + "eve,Eve Ltd,AT,Wien,30,reverse_charge\nfay,Fay,DE,Berlin,,\n";
        var first = (await ImportAsync(Customers, "--json")).Json;
        Assert.Equal(2, first.GetProperty("successful").GetInt64());
        Assert.Equal(2, (await ImportAsync(Customers, "--json")).Json
            .GetProperty("already_known").GetInt64());
        const string Subscriptions = "subscription,customer,amount,description,start,end,every,anchor\n"
            + "desk-eve,eve,249,Desk,2026-10-01,,quarter,2026-10-15\n";
        Assert.Equal(1, (await ImportAsync(Subscriptions, "--json")).Json
            .GetProperty("successful").GetInt64());
        Assert.Equal(1, (await ImportAsync(Subscriptions, "--json")).Json
            .GetProperty("already_known").GetInt64());
        var desk = (await CommandRun.DoneAsync(Bank, "subscriptions", "--json")).Json[0];
        Assert.Equal(("quarter", "2026-10-15"),
            (desk.GetProperty("every").GetString(), desk.GetProperty("anchor").GetString()));
        var eve = (await CommandRun.DoneAsync(Bank, "customer", "eve", "--json")).Json;
        Assert.Equal("reverse_charge", eve.GetProperty("treatment").GetString());
        Assert.Equal("Wien", eve.GetProperty("party").GetProperty("city").GetString());
    }

    [Fact]
    public async Task Subscriptions_of_several_pieces_are_imported()
    {
        Assert.Equal(2, (await ImportAsync("subscription,customer,quantity,unit_price,unit,discount,amount,description,start,every\n"
            + "locker,dave,3,20.00,C62,5.00,,Locker,2026-10-01,week\ndesk,dave,,,,10,249,Desk,2026-10-01,\n", "--json"))
            .Json.GetProperty("successful").GetInt64());
        var listed = (await CommandRun.DoneAsync(Bank, "subscriptions", "--json")).Json.EnumerateArray().ToList();
        Assert.Equal([23900, 5500], listed.Select(each => each.GetProperty("amount").GetInt64()));
        Assert.Equal(["month", "week"], listed.Select(each => each.GetProperty("every").GetString()));
    }

    /// <summary>A file, then what the message must contain.</summary>
    public static TheoryData<string, string> Faulty => new()
    {
        { Header + Good + "x,nobody,10,room,2026-10-12,,,\n",
            "line 3, column 'customer': there is no customer 'nobody'" },
        { Header + Good + "x,dave,-10,room,2026-10-12,,,\n",
            "line 3, column 'amount': must be more than zero" },
        { Header + Good + "x,dave,0,room,2026-10-12,,,\n",
            "line 3, column 'amount': must be more than zero" },
        { Header + Good + "x,dave,99999999999999999,room,2026-10-12,,,\n",
            "line 3, column 'amount': must be at most" },
        { Header + Good + "x,dave,1.005,room,2026-10-12,,,\n",
            "line 3, column 'amount': 1.005 has more decimals" },
        { Header + Good + "x,dave,,room,2026-10-12,,,\n",
            "line 3, column 'amount': must not be empty" },
        { Header + Good + "x,dave,10,room,2026-10-12,21,,\n",
            "line 3, column 'tax': '21' is neither one of the seller's rates (19, 7)" },
        { Header + Good + "x,dave,10,,2026-10-12,,,\n",
            "line 3, column 'description': must not be empty" },
        { Header + Good + "x,dave,10,room,2026-02-30,,,\n", "line 3, column 'date'" },
        { Header + Good + "x,dave,10,room,2026-10-12T25:00:00Z,,,\n", "line 3, column 'date'" },
        { Header + Good + ",dave,10,room,2026-10-12,,,\n",
            "line 3, column 'id': must not be empty" },
        { Header + Good + "x,dave,10,room,2026-10-12,,2,5\n",
            "line 3, column 'amount': must be empty if" },
        { Header + Good + "x,dave,,room,2026-10-12,,2,\n",
            "line 3, column 'unit_price': is missing" },
        { Header + Good + "x,dave,,room,2026-10-12,,-2,5\n",
            "line 3, column 'quantity': '-2' must be more than zero" },
        { Header + Good + "x,dave,,room,2026-10-12,,1.1234567,5\n",
            "line 3, column 'quantity': '1.1234567' has more than 6 decimals" },
        { Header + Good + "x,dave,,room,2026-10-12,,1.250,5\n",
            "line 3, column 'quantity': '1.250' can be read in two ways; write it as 1250 or as 1.25" },
        { Header + Good + "x,dave,,room,2026-10-12,,2,10.000\n",
            "line 3, column 'unit_price': '10.000' can be read in two ways; write it as 10000 or as 10" },
        { "customer,name,country,emial\nx,X,DE,\n", "did you mean 'email'?" },
        { "customer,name,country,PLZ\nx,X,DE,\n", "column 'PLZ': is not a column of a file of customers; "
            + "did you mean 'postal_code'?" },
        { "Kunde,Firma,Land\nx,X,DE\n", "column 'Kunde': is not a column of a file of customers; "
            + "did you mean 'customer'?" },
        { "customer,name,land\nx,X,DE\n", "did you mean 'country'?" },
        { "customer,name,country,Straße\nx,X,DE,\n", "did you mean 'street'?" },
        { "customer,name,country,Ort\nx,X,DE,\n", "did you mean 'city'?" },
        { "customer,name,country,USt-IdNr.\nx,X,DE,\n", "did you mean 'vat_id'?" },
        { "id,customer,amount,Bezeichnung\nx,dave,1,a\n", "did you mean 'description'?" },
        { "id,customer,description,unit_price,Anzahl\nx,dave,a,1,2\n", "did you mean 'quantity'?" },
        { "number,customer,date,due,amount,offen\n1,dave,2026-01-01,2026-01-02,1,1\n", "did you mean 'open'?" },
        { "customer,name,country,terms_days\nx,X,DE,30.000\n", "line 2, column 'terms_days'" },
        { Header + Good + "x,dave,10,room\n", "line 3: has 4 fields, but the header has 8" },
        { Header + Good + "x,dave,10,\"room", "line 3" },
        { "id,customer,amount,description,discont\nx,dave,10,room,1\n",
            "column 'discont': is not a column of a file of charges" },
        { "id,customer,description\nx,dave,room\n", "column 'amount': is missing in the header" },
        { "customer,name,country\nx,X,Germany\n", "line 2, column 'country'" },
        { "customer,name,country\nx,X,ZZ\n", "line 2, column 'country': 'ZZ' is not a country of ISO 3166-1" },
        { "customer,name,country\nx,X,DE\nx,X,DE\n", "line 3, column 'customer': 'x' occurs twice" },
        { "customer,name,country\nx,,DE\n", "line 2, column 'name': must not be empty" },
        { "customer,name,country,terms_days\nx,X,DE,soon\n", "line 2, column 'terms_days'" },
        { "subscription,customer,amount,description,start\ns,dave,5,desk,\n",
            "line 2, column 'start': must not be empty" },
        { "subscription,customer,amount,description,start,every\ns,dave,5,desk,2026-10-01,fortnight\n",
            "line 2, column 'every': 'fortnight' is not one of week, month, quarter, year" },
        { "subscription,customer,amount,description,start\ns,nobody,5,desk,2026-10-01\n",
            "line 2, column 'customer': there is no customer" },
    };

    public static TheoryData<string, string> Absurd => new()
    {
        { Header + Good + "x,dave,10,room,0001-01-01,,,\n",
            "line 3, column 'date': '0001-01-01' is out of range" },
        { Header + Good + "x,dave,10,room,9999-12-31T23:00:00Z,,,\n",
            "line 3, column 'date': '9999-12-31' is out of range" },
        { Header + Good + $"{new string('x', 129)},dave,10,room,2026-10-12,,,\n",
            "line 3, column 'id'" },
        { Header + Good + "x,dave,NaN,room,2026-10-12,,,\n",
            "line 3, column 'amount': 'NaN' is not an amount" },
        { Header + Good + "x,dave,1e30,room,2026-10-12,,,\n",
            "line 3, column 'amount': '1e30' is not an amount" },
        { Header + Good + "x,dave,,room,2026-10-12,,1e30,5\n",
            "line 3, column 'quantity': '1e30' is not a decimal" },
        { Header + Good + "x,dave,,room,2026-10-12,,2000000000,5\n",
            "line 3, column 'quantity': must be at most" },
        { Header + Good + "x,dave,10,room,2026-10-12,19.5,,\n",
            "line 3, column 'tax': '19.5' is neither one of the seller's rates (19, 7)" },
        { Header.Replace(',', ';') + Good.Replace(',', ';'), "separate" },
        { Header.Replace(',', '\t') + Good.Replace(',', '\t'), "separate" },
        { "customer,name,country,zone\ny,Y,DE,\nx,X,DE,Mars/Base\n", "line 3, column 'zone'" },
        { "customer,name,country,treatment\ny,Y,DE,\nx,X,DE,special\n",
            "line 3, column 'treatment'" },
        { "customer,name,country,language\ny,Y,DE,\nx,X,DE,xx\n", "line 3, column 'language'" },
        { $"customer,name,country\ny,Y,DE\n{new string('x', 101)},X,DE\n",
            "line 3, column 'customer'" },
        { "subscription,customer,amount,description,start\ns,dave,5,desk,1899-01-01\n",
            "line 2, column 'start': '1899-01-01' is out of range" },
        { "subscription,customer,amount,description,start,end\ns,dave,5,desk,2026-10-01,2026-09-01\n",
            "line 2, column 'end'" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    [MemberData(nameof(Absurd))]
    public async Task A_faulty_file_of_billing_is_refused_as_a_whole(string csv, string message)
    {
        var before = (await CommandRun.DoneAsync(Bank, "info", "--json")).Output;
        var run = await CommandRun.OnAsync(Bank, csv, ["import", "-"]);
        Assert.True(run.Status == ExitStatus.Usage, $"{run.Status}: {run.Error}{run.Output}");
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await CommandRun.DoneAsync(Bank, "info", "--json")).Output);
    }

    private async Task<CommandRun> ImportAsync(string csv, params string[] options)
    {
        var run = await CommandRun.OnAsync(Bank, csv, ["import", "-", .. options]);
        Assert.True(run.Status == ExitStatus.Done, $"{run.Status}: {run.Error}");
        return run;
    }
}
