using System.Net;
using Settle.Stores.CouchDb.Design;

namespace Settle.Stores.CouchDb;

/// <summary>
/// The form in which blocks are stored: with a table, unless the database has views of an older
/// version, which would not count its rows.
/// </summary>
internal sealed class BlockForm(CouchConnection connection)
{
    private bool? _hasTables;

    /// <summary>The database's views are known to be up to date.</summary>
    public void ViewsAreNew() => _hasTables = true;

    /// <summary>What is stored of a body.</summary>
    /// <exception cref="StoreUnavailableException">The views cannot be looked at.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> OfAsync(ReadOnlyMemory<byte> body)
    {
        _hasTables ??= await LookAsync().ConfigureAwait(false);
        return _hasTables == true ? BlockTableWriter.Write(body) : body;
    }

    private async Task<bool> LookAsync()
    {
        var answer = await connection.GetAsync(DesignDocument.Id, CancellationToken.None)
            .ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound) return true;
        if (answer.Status != HttpStatusCode.OK)
            throw CouchErrors.Unavailable(connection.Address, answer);
        using var json = answer.Read(connection.Address);
        return DesignDocument.VersionOf(json.RootElement) >= DesignDocument.TablesSince;
    }
}
