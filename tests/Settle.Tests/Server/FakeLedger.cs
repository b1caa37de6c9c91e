using System.Runtime.CompilerServices;

namespace Settle.Tests.Server;

/// <summary>A stand-in until the local ledger lands.</summary>
internal sealed class FakeLedger(string name) : ILedger
{
    private readonly Dictionary<string, Transfer> _transfers = [];
    private readonly SortedDictionary<string, Int128> _balances = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public string Name => name;
    public Task<LedgerInfo> GetInfoAsync(CancellationToken cancellation = default) => Task.FromResult(new LedgerInfo
    {
        Name = name, Asset = "USD", Assets = [new AssetInfo("USD", 2)], Height = _transfers.Count, Hash = "",
        Accounts = _balances.Count, Entries = _transfers.Count,
    });
    public Task<LedgerInfo> InitializeAsync(string asset, CancellationToken cancellation = default) => GetInfoAsync(cancellation);
    public Task<AssetInfo> DeclareAssetAsync(string asset, int scale, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task<Transfer> TransferAsync(string from, string to, Money amount, string? id = null, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task<Transfer> TransferAsync(TransferRequest request, CancellationToken cancellation = default)
    {
        var transfer = Decide(request);
        return transfer.Reason is { } reason
            ? throw RejectedException.For(Refusals.Parse(reason), transfer.Id, transfer.Block, transfer.Replayed)
            : Task.FromResult(transfer);
    }
    private Transfer Decide(TransferRequest request)
    {
        lock (_lock)
        {
            var id = request.Id ?? Guid.CreateVersion7().ToString();
            if (request.From == request.To) throw new InvalidRequestException("to", "must be another account than 'from'");
            if (_transfers.TryGetValue(id, out var known)) return known with { Replayed = true };
            var balance = _balances.GetValueOrDefault(request.From);
            var refused = request.From != "@world" && balance < request.Amount;
            if (!refused)
            {
                _balances[request.From] = balance - request.Amount;
                _balances[request.To] = _balances.GetValueOrDefault(request.To) + request.Amount;
            }
            return _transfers[id] = new Transfer
            {
                Id = id, From = request.From, To = request.To, Amount = request.Amount, Asset = "USD", Memo = request.Memo,
                Status = refused ? "rejected" : "successful", Reason = refused ? "insufficient_funds" : null, Block = _transfers.Count + 1,
            };
        }
    }
    public Task<Verdict[]> TransferBatchAsync(ReadOnlyMemory<TransferRequest> requests, CancellationToken cancellation = default) =>
        Task.FromResult(requests.ToArray().Select(Decide).Select(t => new Verdict(t.Reason is { } r ? Refusals.Parse(r) : RefusalCode.None, t.Block, t.Replayed)).ToArray());
    public Task<Transaction> TransactAsync(TransactionRequest request, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task<Hold> HoldAsync(HoldRequest request, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task<Transfer> CaptureAsync(CaptureRequest request, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task<Hold> VoidAsync(VoidRequest request, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task<Transaction> RevertAsync(RevertRequest request, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task<Account> OpenAccountAsync(AccountRequest request, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task<Transfer?> GetTransferAsync(string id, CancellationToken cancellation = default) => Task.FromResult(_transfers.GetValueOrDefault(id));
    public Task<Hold?> GetHoldAsync(string id, CancellationToken cancellation = default) => Task.FromResult<Hold?>(null);
    public Task<ChainEntry?> GetEntryAsync(string id, CancellationToken cancellation = default) => Task.FromResult<ChainEntry?>(null);
    public Task<Page<Transfer>> ListTransfersAsync(TransferQuery query, CancellationToken cancellation = default) => Task.FromResult(new Page<Transfer>([.. _transfers.Values], null));
    public Task<Account?> GetAccountAsync(string account, AsOf at = default, CancellationToken cancellation = default) =>
        Task.FromResult(_balances.TryGetValue(account, out var b) ? new Account { Name = account, Height = 1, Balances = [new AccountBalance { Asset = "USD", Balance = b, Available = b }] } : null);
    public Task<Page<Account>> ListAccountsAsync(PageQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task<Page<AccountEntry>> ListEntriesAsync(string account, PageQuery query, CancellationToken cancellation = default) => throw new NotSupportedException();
    public Task<IReadOnlyList<Balance>> ListBalancesAsync(AsOf at = default, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<Balance>>([.. _balances.Select(b => new Balance(b.Key, "USD", b.Value, b.Value))]);
    public Task<IReadOnlyList<Block>> ReadBlocksAsync(long fromHeight, int limit, CancellationToken cancellation = default) => throw new NotSupportedException();
    public async IAsyncEnumerable<ChainEntry> FollowAsync(EntryPosition after = default, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        yield break;
    }
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    public void Dispose() { }
}
