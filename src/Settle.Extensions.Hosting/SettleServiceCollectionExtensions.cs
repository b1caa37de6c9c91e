using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Settle;
using Settle.Hosting;
using Settle.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds ledgers to a host.</summary>
/// <remarks>
/// The ledger is opened before the host's services start, is injected as <see cref="ILedger"/>, and
/// is closed after them. Options are checked first: a host with a wrong one does not start.
/// </remarks>
public static class SettleServiceCollectionExtensions
{
    /// <summary>Adds the ledger at a location, such as <c>bank.db</c>.</summary>
    public static IServiceCollection AddSettle(this IServiceCollection services, string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return services.AddSettle(options => options.Location = location);
    }

    /// <summary>Adds the ledger that a section of the configuration describes.</summary>
    public static IServiceCollection AddSettle(this IServiceCollection services,
        IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, "", options => options.Bind(section));
    }

    /// <summary>Adds a ledger.</summary>
    public static IServiceCollection AddSettle(this IServiceCollection services,
        Action<SettleOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, "", options => options.Configure(configure));
    }

    /// <summary>
    /// Adds one of several ledgers: <c>[FromKeyedServices("bank")] ILedger ledger</c>.
    /// </summary>
    public static IServiceCollection AddKeyedSettle(this IServiceCollection services, string key,
        string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return services.AddKeyedSettle(key, options => options.Location = location);
    }

    /// <inheritdoc cref="AddKeyedSettle(IServiceCollection, string, string)"/>
    public static IServiceCollection AddKeyedSettle(this IServiceCollection services, string key,
        IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, Checked(key), options => options.Bind(section));
    }

    /// <inheritdoc cref="AddKeyedSettle(IServiceCollection, string, string)"/>
    public static IServiceCollection AddKeyedSettle(this IServiceCollection services, string key,
        Action<SettleOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, Checked(key), options => options.Configure(configure));
    }

    private static string Checked(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return key;
    }

    private static IServiceCollection Add(IServiceCollection services, string key,
        Action<OptionsBuilder<SettleOptions>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(HostedLedger)
            && key.Equals(service.ServiceKey)))
        {
            throw new InvalidOperationException(key.Length == 0
                ? "AddSettle was called twice; add further ledgers with AddKeyedSettle"
                : $"there is a ledger '{key}' already; give each ledger a key of its own");
        }
        configure(services.AddOptions<SettleOptions>(key).ValidateOnStart());
        services.AddSingleton<IValidateOptions<SettleOptions>>(new SettleOptionsValidator(key));
        services.AddHttpClient(HostedLedger.ClientName(key),
            client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => HttpTransport.NewHandler(
                LedgerAddress.Parse(provider.GetRequiredService<IOptionsMonitor<SettleOptions>>()
                    .Get(key).Location)));
        services.AddKeyedSingleton(key, (provider, _) => new HostedLedger(provider, key));
        services.AddSingleton<IHostedService>(Opening);
        if (key.Length == 0) services.AddSingleton(provider => Opening(provider).Ledger);
        else services.AddKeyedSingleton(key, (provider, _) => Opening(provider).Ledger);
        return services;

        HostedLedger Opening(IServiceProvider provider) =>
            provider.GetRequiredKeyedService<HostedLedger>(key);
    }
}
