using System.Text;
using Settle.Chain;
using Settle.Tests.Rules;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Chain;

/// <summary>
/// A block of each format version, made by hand and checked in. Its bytes and its hash never change:
/// a test that fails here says that old chains can no longer be read or checked.
/// </summary>
public sealed class GoldenBlockTests
{
    private const string Id = "block:main:000000000001";
    private const string Hash = "bb0635df5de055753ec84c98897ada3233c46d02e03817467ab9da7a08fd462c";
    private const string Hash2 = "68d522a293d6ca7b9f240123f43d20602f94481d8a359de43503a845a305fc43";

    private const string Hash3 = "f6bc833b5838cc248068ec7cdb61894383b03ee98d36341391dcb90d8ad2049d";

    private const string Hash4 = "4fc91314c4e6eb23e3462ab5399de22149a011c6cb5f25402488b8d4abad4561";

    private const string Hash5 = "786af520b7369750da7a943fd14d6e686e9b6294c8cba34bebfa447bc386008c";

    private const string Hash6 = "1a15ee3b449ed894c3b5ec2c46ae6714dc7e98906874713880b6e13649a7bff3";

    private const string Hash7 = "9b1de738550038173ba8433d5eb81d63e69198214d058286d78c746e26a6921d";

    private const string Hash8 = "0248d800dc09582f631dfca0e18bf2944e0264d959967007bec301dc5ac06709";

    private const string Hash9 = "c4cf07b8032c74335a792cc4e623669be82b8764ee4c9d7180f9dca34762ea3d";

    private const string HashMoving = "7983796b54785a41bfbec5365f28eb56c7507c890233c58eec326f358114d8b7";

    private const string HashOfSubscriptions = "1c77bad22a49f8ff441dc8bfaf0275e6942391b9cb910f24157691484eec9845";

    private const string Hash11 = "8be686803f5155dd4fd4139823a67ea39185f5757ffef17965aff4b4dd10049a";

    private const string HashOfReminders = "2ec8d3ebe7d4dd51fecd4e6bc7bead772ddb1d4c288a6c1c486a46b88d68bd98";

    private const string Hash12 = "8876aad871c71c947506869cea25ffaf3a06b3f2c9f90a825ffe244fbcda448b";

    private const string Hash13 = "a9de19f6032fa4668e478daa0c0ba2c8b2ffdf54273f18474ecf4b2fd501b1c6";

    private const string Hash14 = "6d719eac90576d94e86fa1dd1c19cccae8a9146ab5ec08e2ed5ae2a223f72ae8";

    public static TheoryData<string, string> Versions => new()
    {
        { "1", Hash }, { "2", Hash2 }, { "3", Hash3 }, { "4", Hash4 }, { "5", Hash5 },
        { "6", Hash6 }, { "7", Hash7 }, { "8", Hash8 }, { "9", Hash9 }, { "9-moving", HashMoving },
        { "9-subscriptions", HashOfSubscriptions }, { "11", Hash11 },
        { "11-reminders", HashOfReminders }, { "12", Hash12 }, { "13", Hash13 },
        { "14", Hash14 },
    };

    private static byte[] Golden { get; } = Read("1");

    [Theory]
    [MemberData(nameof(Versions))]
    public void The_golden_block_is_read(string name, string hash)
    {
        var block = BlockDocument.Parse(Id, Read(name), keepsBytes: true);
        Assert.Equal((VersionOf(name), hash), (block.Header.Version, block.Header.Hash.ToString()));
        Assert.Equal(("main", 1L, BlockHash.None, "golden \"writer\""),
            (block.Header.Site, block.Header.Height, block.Header.Prev, block.Header.Writer));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 20, 23, 11, TimeSpan.Zero).AddMicroseconds(123456),
            ChainTime.ToTime(block.Header.Time));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Its_hash_is_what_somebody_else_computes(string name, string hash) =>
        Assert.Equal(hash, IndependentHash.Of(Read(name)));

    [Theory]
    [MemberData(nameof(Versions))]
    public void Its_entries_are_written_again_byte_for_byte(string name, string hash)
    {
        var golden = Read(name);
        var block = BlockDocument.Parse(Id, golden, keepsBytes: true);
        var builder = new BlockBuilder(64);
        builder.Begin("main", 1, VersionOf(name));
        foreach (var entry in Entries(block)) builder.Append(entry, entry[0]);
        var header = builder.Seal("main", BlockHash.None, block.Header.Time, block.Header.Writer,
            block.Header.Recovery);
        Assert.Equal(Encoding.UTF8.GetString(golden), Encoding.UTF8.GetString(builder.Body.Span));
        Assert.Equal(hash, header.Hash.ToString());
    }

    [Fact]
    public void A_persons_word_is_read()
    {
        var recovery = BlockDocument.Parse(Id, Read("5"), keepsBytes: true).Header.Recovery!;
        Assert.True(recovery.SetsClock);
        Assert.Equal((6, string.Concat(Enumerable.Repeat("ab", 32))),
            (recovery.Lost!.Value.Height, recovery.Lost.Value.Hash.ToString()));
        Assert.False(recovery.ReopensHolds);
        Assert.True(BlockDocument.Parse(Id, Read("8"), keepsBytes: true).Header.Recovery!.ReopensHolds);
    }

    [Fact]
    public void It_has_every_kind_of_entry()
    {
        var entries = Entries(BlockDocument.Parse(Id, Golden, keepsBytes: true))
            .Concat(Entries(BlockDocument.Parse(Id, Read("3"), keepsBytes: true)))
            .Concat(Entries(BlockDocument.Parse(Id, Read("6"), keepsBytes: true)))
            .Concat(Entries(BlockDocument.Parse(Id, Read("9-moving"), keepsBytes: true)))
            .Concat(Entries(BlockDocument.Parse(Id, Read("11"), keepsBytes: true)))
            .Concat(Entries(BlockDocument.Parse(Id, Read("11-reminders"), keepsBytes: true)))
            .Concat(Entries(BlockDocument.Parse(Id, Read("12"), keepsBytes: true)))
            .Concat(Entries(BlockDocument.Parse(Id, Read("13"), keepsBytes: true)))
            .Concat(Entries(SitesGoldenTests.Block)).ToList();
        Assert.Equal(Enum.GetValues<EntryKind>(), entries.Select(entry => entry[0].Kind).Distinct().Order());
        foreach (var kind in Enum.GetValues<EntryKind>()
            .Where(kind => kind is not (EntryKind.Ledger or EntryKind.Seller)))
        {
            Assert.Contains(entries, entry =>
                entry[0].Kind == kind
                && (entry[0].Refusal != RefusalCode.None || !kind.IsAsked()));
            Assert.Contains(entries, entry =>
                entry[0].Kind == kind && entry[0].Refusal == RefusalCode.None);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Deciding_its_requests_again_gives_the_same_block(string name, string hash)
    {
        var golden = Read(name);
        var block = BlockDocument.Parse(Id, golden, keepsBytes: true);
        Assert.Equal(hash, block.Header.Hash.ToString());
        var ledger = new CoreLedger();
        ledger.Begin(block.Header.Time, VersionOf(name));
        foreach (var entry in Entries(block))
        {
            var recorded = entry[0].Refusal;
            entry[0].Reset(entry);
            Assert.Equal((recorded, false), ledger.Settle(entry) is var verdict
                ? (verdict.Refusal, verdict.Replayed) : default);
        }
        Assert.Equal(Encoding.UTF8.GetString(golden[block.EntriesStart..block.EntriesEnd]),
            Encoding.UTF8.GetString(ledger.End().Entries.Span));
    }

    [Fact]
    public void A_store_that_reformats_documents_changes_nothing()
    {
        using var document = System.Text.Json.JsonDocument.Parse(Golden);
        var members = document.RootElement.EnumerateObject().Reverse()
            .Select(member => $"  {System.Text.Json.JsonSerializer.Serialize(member.Name)} :\t"
                + member.Value.GetRawText().Replace("中", "\\u4e2d", StringComparison.Ordinal));
        var stored = Encoding.UTF8.GetBytes($$"""{ "_rev":"1-abc",{{string.Join(",\n", members)}} }""");
        var block = BlockDocument.Parse(Id, stored, keepsBytes: false);
        Assert.Equal(Hash, block.Header.Hash.ToString());
        Assert.Equal(Golden, block.Body.ToArray());
        Assert.Throws<FormatException>(() => BlockDocument.Parse(Id, stored, keepsBytes: true));
    }

    [Fact]
    public void Its_balances_are_known()
    {
        var ledger = new CoreLedger();
        ledger.Apply(BlockDocument.Parse(Id, Golden, keepsBytes: true));
        Assert.Equal((-5000, -5000), ledger.Balance("Dave", "USD"));
        Assert.Equal((4400, 4400), ledger.Balance("Alex", "USD"));
        Assert.Equal((400, 400), ledger.Balance("Jane", "USD"));
        Assert.Equal((200, 200), ledger.Balance("Zoë 中文 😀", "USD"));
        Assert.Equal((Limits.AmountMax, Limits.AmountMax), ledger.Balance("Zoë 中文 😀", "JPY"));
        Assert.Equal((7, 7), ledger.Balance("Alex", "points"));
        Assert.Equal((0, 0), ledger.Balance("Alex", "EUR"));
    }

    private static int VersionOf(string name) => int.Parse(name.Split('-')[0], null);

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(
        Repository.Root, $"tests/Settle.Tests/Chain/Golden/version-{name}.golden.json"));

    private static IEnumerable<RequestBatch> Entries(BlockDocument block)
    {
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            var batch = new RequestBatch();
            at += EntryReader.Read(block.Body.Span[at..], batch);
            yield return batch;
        }
    }
}
