using Settle.Simulation;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>The model of a disk: what a power cut may leave of an index, and what it may not.</summary>
public sealed class IndexDiskTests
{
    [Fact]
    public void What_was_synced_survives_every_power_cut()
    {
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var disk = new IndexDisk(new Dice(seed), () => false, "n");
            var file = Write(disk, "a", 10_000);
            disk.Sync(file);
            disk.Rename("a", "b");
            disk.CutPower();
            var name = Assert.Single(disk.Names);
            Assert.Equal(10_000, disk.Find(name).Length);
            Assert.Equal(-1, disk.Find(name).Bytes.Span.IndexOf((byte)0));
        }
    }

    [Fact]
    public void What_was_not_synced_is_there_whole_torn_zeroed_empty_or_not_at_all()
    {
        var found = new HashSet<string>();
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var disk = new IndexDisk(new Dice(seed), () => false, "n");
            Write(disk, "a", 10_000);
            disk.CutPower();
            if (!disk.Has("a")) found.Add("gone");
            else if (disk.Find("a").Length == 0) found.Add("empty");
            else if (disk.Find("a").Length < 10_000) found.Add("torn");
            else found.Add(disk.Find("a").Bytes.Span.Contains((byte)0) ? "zeroed" : "whole");
        }
        Assert.Equal(["empty", "gone", "torn", "whole", "zeroed"], found.Order());
    }

    [Fact]
    public void Names_are_lost_in_the_reverse_of_their_order()
    {
        for (var seed = 1UL; seed <= 200; seed++)
        {
            var disk = new IndexDisk(new Dice(seed), () => false, "n");
            foreach (var name in (string[])["a", "b", "c"]) Write(disk, name, 1);
            disk.Delete("a");
            disk.CutPower();
            Assert.Contains(string.Concat(disk.Names), (string[])["", "a", "ab", "abc", "bc"]);
        }
    }

    [Fact]
    public void A_full_disk_takes_nothing()
    {
        var isFull = false;
        var disk = new IndexDisk(new Dice(1), () => isFull, "n");
        var file = Write(disk, "a", 10);
        isFull = true;
        Assert.Throws<IOException>(() => disk.Create("b"));
        Assert.Throws<IOException>(() => new FileWriter(disk, file).Write([1]));
        Assert.Throws<IOException>(() => disk.Rename("a", "b"));
        Assert.Equal(10, disk.Find("a").Length);
    }

    private static DiskFile Write(IndexDisk disk, string name, int bytes)
    {
        var file = disk.Create(name);
        new FileWriter(disk, file).Write(Enumerable.Repeat((byte)7, bytes).ToArray());
        return file;
    }
}
