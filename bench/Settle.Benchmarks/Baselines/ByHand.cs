using SQLitePCL;

namespace Settle.Benchmarks.Baselines;

/// <summary>
/// What a careful developer writes by hand: two tables, a check, and one SQL transaction per call with the same
/// durability (WAL, synchronous=FULL). Ids are a primary key, so repeats are refused; nothing else is there.
/// </summary>
internal sealed class ByHand : IDisposable
{
    private const string Schema = """
        PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
        CREATE TABLE account(name TEXT PRIMARY KEY, balance INTEGER NOT NULL, floor INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE transfer(id TEXT PRIMARY KEY, payer TEXT NOT NULL, payee TEXT NOT NULL, amount INTEGER NOT NULL)
            WITHOUT ROWID;
        """;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _debit;
    private readonly sqlite3_stmt _credit;
    private readonly sqlite3_stmt _commit;

    public ByHand(string path, int accounts)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open(path, out _connection));
        Check(raw.sqlite3_exec(_connection, Schema));
        _begin = Prepare("BEGIN IMMEDIATE");
        _insert = Prepare("INSERT INTO transfer VALUES(?, ?, ?, ?)");
        _debit = Prepare("UPDATE account SET balance = balance - ?2 WHERE name = ?1 AND balance - ?2 >= floor");
        _credit = Prepare("UPDATE account SET balance = balance + ?2 WHERE name = ?1");
        _commit = Prepare("COMMIT");
        Step(_begin);
        using var open = Prepare("INSERT INTO account VALUES(?, 0, -9000000000000000)");
        for (var i = 0; i < accounts; i++)
        {
            raw.sqlite3_bind_text(open, 1, TransferSource.AccountName(i));
            Step(open);
        }
        Step(_commit);
    }

    /// <summary>Makes the transfers in one SQL transaction.</summary>
    public void Transfer(ReadOnlySpan<TransferRequest> transfers)
    {
        Step(_begin);
        foreach (var transfer in transfers)
        {
            var amount = (long)transfer.Amount.Units;
            raw.sqlite3_bind_text(_insert, 1, transfer.Id!);
            raw.sqlite3_bind_text(_insert, 2, transfer.From);
            raw.sqlite3_bind_text(_insert, 3, transfer.To);
            raw.sqlite3_bind_int64(_insert, 4, amount);
            Step(_insert);
            Change(_debit, transfer.From, amount);
            Change(_credit, transfer.To, amount);
        }
        Step(_commit);
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _insert, _debit, _credit, _commit }) statement.Dispose();
        _connection.Dispose();
    }

    private void Change(sqlite3_stmt update, string account, long amount)
    {
        raw.sqlite3_bind_text(update, 1, account);
        raw.sqlite3_bind_int64(update, 2, amount);
        Step(update);
        if (raw.sqlite3_changes(_connection) != 1) throw new InvalidOperationException("insufficient funds");
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_connection, sql, out var statement));
        return statement;
    }

    private void Step(sqlite3_stmt statement)
    {
        if (raw.sqlite3_step(statement) != raw.SQLITE_DONE) Check(raw.sqlite3_errcode(_connection));
        Check(raw.sqlite3_reset(statement));
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new InvalidOperationException(raw.sqlite3_errmsg(_connection).utf8_to_string());
    }
}
