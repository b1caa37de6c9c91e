using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Settle.Tests.Crash;
using Settle.Tests.Server;
using Settle.Tests.Sites;
using Xunit;

namespace Settle.Tests.Hosting;

/// <summary>Ledgers in a .NET host.</summary>
public sealed class HostedLedgerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ListLog _log = new();
    private readonly HostApplicationBuilder _builder = Host.CreateEmptyApplicationBuilder(null);

    public HostedLedgerTests() => _builder.Logging.AddProvider(_log);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string BankFile => _directory.File("bank.db");

    [Fact]
    public async Task Services_move_money_from_their_start_to_their_end()
    {
        // Its constructor asks for the ledger, before the host has started anything.
        _builder.Services.AddHostedService<Depositor>();
        _builder.Services.AddSettle(BankFile);
        using (var host = _builder.Build())
        {
            await host.StartAsync(Stop);
            await host.StopAsync(Stop);
        }
        await using var ledger = await Ledger.OpenAsync(
            BankFile, new LedgerOptions { MustExist = true }, Stop);
        Assert.NotNull(await ledger.GetTransferAsync("at start", Stop));
        Assert.NotNull(await ledger.GetTransferAsync("at stop", Stop));
        Assert.Contains(_log.Lines, line => line.StartsWith("Warning: Ledger 'bank'", StringComparison.Ordinal)
            && line.Contains("is new and empty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_ledger_is_disposed_with_the_host()
    {
        _builder.Services.AddSettle(BankFile);
        var host = _builder.Build();
        await host.StartAsync(Stop);
        var ledger = host.Services.GetRequiredService<ILedger>();
        await host.StopAsync(Stop);
        await ((IAsyncDisposable)host).DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(
            () => ledger.TransferAsync("@world", "Alex", Money.Of(1, "USD"), cancellationToken: Stop));
    }

    [Fact]
    public async Task A_section_of_the_configuration_describes_a_ledger()
    {
        _builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Settle:Location"] = BankFile, ["Settle:MustExist"] = "true",
        });
        _builder.Services.AddSettle(_builder.Configuration.GetSection("Settle"));
        using var host = _builder.Build();
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => host.StartAsync(Stop));
        Assert.Contains("bank.db", error.Message, StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.StartsWith("Error: The ledger ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(" ", null, "Settle: Location: is missing")]
    [InlineData("ftp://host/bank", null, "'ftp://' is neither a file")]
    [InlineData("http://host:7171/", null, "must end with the ledger's name")]
    [InlineData("couchdb://u:secret@host", null, "'couchdb://***@host'")]
    [InlineData("bank.db", "sk_secret", "ApiKey: only a server has keys, and 'bank.db'")]
    public async Task A_host_with_a_wrong_option_does_not_start(string location, string? key, string message)
    {
        _builder.Services.AddSettle(options => (options.Location, options.ApiKey) = (location, key));
        using var host = _builder.Build();
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Stop));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bank.db", "ftp://sk_secret@office/bank", "Peers: ")]
    [InlineData("http://host:7171/bank", "http://office:7171/bank", "has peers of its own")]
    public async Task A_host_with_a_wrong_peer_does_not_start(
        string location, string peer, string message)
    {
        _builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Settle:Location"] = location, ["Settle:Peers:0"] = peer,
        });
        _builder.Services.AddSettle(_builder.Configuration.GetSection("Settle"));
        using var host = _builder.Build();
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Stop));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_exchanges_with_its_peers_and_its_health_says_how_it_stands_with_each()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await using var office = await RunningServer.StartAsync(
            options => options with { Ledgers = [files["main"]] });
        _builder.Services.AddSettle(options =>
        {
            options.Location = files["north"];
            options.SiteWait = TimeSpan.FromMinutes(1);
            options.Peers.Add($"{office.Http.BaseAddress}main");
            options.Peers.Add("http://127.0.0.1:1/main");
        });
        _builder.Services.AddHealthChecks().AddSettle();
        using var host = _builder.Build();
        await host.StartAsync(Stop);
        var ledger = host.Services.GetRequiredService<ILedger>();

        var paid = await ledger.TransferAsync("Ann", "Shop", Money.Of(9), cancellationToken: Stop);

        Assert.Equal(EntryStatus.Successful, paid.Status);
        var health = (await HealthAsync(host)).Entries["settle"];
        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Equal("exchanges", health.Data[$"peer {office.Http.BaseAddress}main"]);
        Assert.Equal(2, health.Data.Keys.Count(key => key.StartsWith("peer ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Several_ledgers_have_keys()
    {
        _builder.Services.AddKeyedSettle("bank", BankFile);
        _builder.Services.AddKeyedSettle("points", _directory.File("points.db"));
        _builder.Services.AddHealthChecks().AddSettle("bank").AddSettle("points");
        using var host = _builder.Build();
        await host.StartAsync(Stop);
        foreach (var key in new[] { "bank", "points" })
            Assert.Equal(key, host.Services.GetRequiredKeyedService<ILedger>(key).Name);
        Assert.Equal(["settle:bank", "settle:points"], (await HealthAsync(host)).Entries.Keys.Order());
        Assert.Throws<InvalidOperationException>(() => _builder.Services.AddKeyedSettle("bank", "other.db"));
    }

    [Fact]
    public async Task A_ledger_behind_a_server_is_asked_through_the_clients_of_the_host()
    {
        var server = await RunningServer.StartAsync();
        await using var stopping = server;
        var seen = new Seen();
        _builder.Services.AddSettle($"{server.Http.BaseAddress}bank");
        _builder.Services.AddHttpClient("Settle").AddHttpMessageHandler(() => seen);
        _builder.Services.AddHealthChecks().AddSettle();
        using var host = _builder.Build();
        await host.StartAsync(Stop);
        var ledger = host.Services.GetRequiredService<ILedger>();
        await ledger.TransferAsync("@world", "Alex", Money.Of(1, "USD"), "t-1", Stop);
        Assert.Contains("/v1/ledgers/bank/transfers", seen.Paths);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host)).Status);
    }

    [Fact]
    public async Task A_password_is_never_logged()
    {
        _builder.Services.AddSettle("couchdb://clerk:secret@127.0.0.1:1/bank");
        using var host = _builder.Build();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.StartAsync(Stop));
        Assert.Contains(_log.Lines, line => line.Contains("couchdb://***@127.0.0.1:1/bank", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_the_ledger_stops_the_host()
    {
        await using var server = await RunningServer.StartAsync();
        _builder.Services.AddSettle($"{server.Http.BaseAddress}absent");
        using var host = _builder.Build();
        var error = await Assert.ThrowsAsync<NotFoundException>(() => host.StartAsync(Stop));
        Assert.Contains("absent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_has_stopped_is_unhealthy_and_says_so_in_the_log()
    {
        using var chain = new ChainFile();
        _builder.Services.AddSettle(chain.Path);
        _builder.Services.AddHealthChecks().AddSettle(failureStatus: HealthStatus.Degraded);
        using var host = _builder.Build();
        await host.StartAsync(Stop);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host)).Status);
        chain.Put(ChainFile.Id(chain.Height + 1), Encoding.UTF8.GetBytes("{\"no\":\"block\"}"));
        HealthReport health;
        while ((health = await HealthAsync(host)).Status == HealthStatus.Healthy) await Task.Yield();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("'bank' has stopped", health.Entries["settle"].Description, StringComparison.Ordinal);
        while (!_log.Lines.Any(line => line.StartsWith("Critical: The ledger ", StringComparison.Ordinal)))
            await Task.Yield();
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    private static Task<HealthReport> HealthAsync(IHost host) =>
        host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Stop);

    private sealed class Seen : DelegatingHandler
    {
        public List<string> Paths { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (Paths) Paths.Add(request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Depositor(ILedger ledger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => DepositAsync("at start");

        public Task StopAsync(CancellationToken cancellationToken) => DepositAsync("at stop");

        private Task<Transfer> DepositAsync(string id) =>
            ledger.TransferAsync("@world", "Alex", Money.Of(1, "USD"), id);
    }
}
