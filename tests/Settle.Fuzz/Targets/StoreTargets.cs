using Settle.Chain;
using Settle.Index;
using Settle.Server;
using Settle.State;
using Settle.Stores;
using Settle.Stores.CouchDb;
using static Settle.Fuzz.Targets.AllTargets;

namespace Settle.Fuzz.Targets;

/// <summary>Files beside a ledger, and what CouchDB answers.</summary>
internal static class StoreTargets
{
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("settle-fuzz-files-");

    public static IEnumerable<Target> All =>
    [
        new("keys", [Bytes("""[{"name":"ops","sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","role":"admin","ledgers":["*"]}]""")],
            Words("[|]|null|{}|\"name\":|\"sha256\":|\"role\":\"reader\"|\"ledgers\":[]|\"teller\""),
            input => Refusing<SettleException>(() => ApiKeys.Load(File(input, "keys.json")))),
        new("index-manifest", [Manifest()], Words("\"height\":|\"ids\":[|null|{|}|\"file\":|\"rows\":"), input =>
        {
            File(input, "manifest.json");
            IndexManifest.Read(new DiskFolder(Folder.FullName));
        }),
        new("index-note", [Note()], Words("0|1|9|ffffffff| |\n|-1|18446744073709551615"), input =>
        {
            File(input, "tip");
            TipFile.HeightIn(new IndexFolder(new DiskFolder(Folder.FullName)));
        }),
        new("index-checkpoint", [new byte[256], [.. Enumerable.Range(0, 255).Select(i => (byte)i)]], [],
            input => Refusing<IndexDamagedException>(() =>
            {
                File(input, "book");
                Checkpoint.Read(new DiskFolder(Folder.FullName), "book");
            })),
        new("couch-listing", [Bytes("""{"total_rows":1,"offset":0,"rows":[{"id":"a","key":"a","value":{"rev":"1-a"},"doc":{"_id":"a","_rev":"1-a","hash":"x","prev":"y"}}]}""")],
            Words("\"rows\":[|\"id\":|\"doc\":|null|{|}|[|]|\"_rev\":|\"hash\":|\"error\":\"not_found\"|\\ud800"),
            input => Refusing<JsonException>(() => CouchListing.Read(input))),
        new("side-document", [Bytes("""{"_id":"profile:1","_rev":"1-a","party":{"name":"Ada"},"salt":"x"}""")],
            Words("{|}|[|]|null|\"_\":|\"\\u005f\":|\\ud800|1.5|-0|1e3|9007199254740992"),
            input => Refusing<StoreCorruptException>(
                () => SideDocumentsCopy.Plain(new Document("profile:1", input)))),
    ];

    private static string File(byte[] input, string name)
    {
        var path = Path.Combine(Folder.FullName, name);
        System.IO.File.WriteAllBytes(path, input);
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static byte[] Note()
    {
        var folder = new IndexFolder(new DiskFolder(Folder.FullName));
        TipFile.Write(folder, new KnownTip(new LostBlock(7, default), default, default));
        return folder.ReadNote(TipFile.Bytes)!;
    }

    private static byte[] Manifest()
    {
        var folder = new DiskFolder(Folder.FullName);
        new IndexManifest { Height = 7, CheckpointFile = "book" }.WriteNew(folder);
        IndexManifest.Replace(folder);
        return System.IO.File.ReadAllBytes(Path.Combine(Folder.FullName, "manifest.json"));
    }
}
