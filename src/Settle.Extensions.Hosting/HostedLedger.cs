using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Settle.Hosting;

/// <summary>
/// Opens a ledger before the host's other services start. The container owns the ledger: it is
/// closed after everything that uses it.
/// </summary>
internal sealed class HostedLedger : IHostedLifecycleService, IDisposable
{
    private readonly IServiceProvider _services;
    private readonly string _key;
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Lazy<Task<ILedger>> _opening;

    public HostedLedger(IServiceProvider services, string key)
    {
        (_services, _key) = (services, key);
        _opening = new(() => Task.Run(OpenAsync));
    }

    /// <summary>The name of the HTTP client of a ledger behind a server.</summary>
    public static string ClientName(string key) => key.Length == 0 ? "Settle" : $"Settle:{key}";

    /// <summary>
    /// The open ledger. A service that is made before the host starts waits here until it is open.
    /// </summary>
    public ILedger Ledger => _opening.Value.GetAwaiter().GetResult();

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var stopping = cancellationToken.Register(_giveUp.Cancel);
        await _opening.Value.ConfigureAwait(false);
        // Asked for here at the latest, so that the container has it and closes it.
        if (_key.Length == 0) _services.GetRequiredService<ILedger>();
        else _services.GetRequiredKeyedService<ILedger>(_key);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _giveUp.Dispose();

    private Task<ILedger> OpenAsync()
    {
        var options = _services.GetRequiredService<IOptionsMonitor<SettleOptions>>().Get(_key);
        var clients = _services.GetRequiredService<IHttpClientFactory>();
        return _services.GetRequiredService<ILogger<ILedger>>().OpenAsync(options.Location,
            new LedgerOptions
            {
                ApiKey = options.ApiKey,
                Peers = [.. options.Peers],
                SiteWait = options.SiteWait,
                MustExist = options.MustExist,
                IsReadOnly = options.IsReadOnly,
                AcceptRollback = options.AcceptRollback,
                AcceptClock = options.AcceptClock,
                SettlesDocuments = options.SettlesDocuments,
                HttpClient = () => clients.CreateClient(ClientName(_key)),
                Clock = _services.GetService<TimeProvider>() ?? TimeProvider.System,
            }, _giveUp.Token);
    }
}
