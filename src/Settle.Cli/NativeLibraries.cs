using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Settle.Cli;

/// <summary>
/// The libraries in C (SQLite, HarfBuzz) of the program that is one native file. They are inside
/// it, and are loaded from memory: no folder has to be writable, and nobody can put another file in
/// their place.
/// </summary>
internal static partial class NativeLibraries
{
    private const uint CloseOnExec = 1;

    // Kept open: a library is known by the name it was loaded from, the descriptor's number.
    private static readonly Dictionary<string, (SafeFileHandle Memory, nint Library)> Loaded = [];

    /// <summary>Uses them, if this is that program; otherwise they are files beside it.</summary>
    public static void Use()
    {
        if (RuntimeFeature.IsDynamicCodeSupported || !OperatingSystem.IsLinux()) return;
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            Find);
        NativeLibrary.SetDllImportResolver(typeof(HarfBuzzSharp.Blob).Assembly, Find);
    }

    // 0 leaves it to the usual search.
    private static nint Find(string name, Assembly assembly, DllImportSearchPath? path)
    {
        var file = name.StartsWith("lib", StringComparison.Ordinal) ? name : $"lib{name}";
        lock (Loaded)
        {
            if (Loaded.TryGetValue(file, out var known)) return known.Library;
            using var content = typeof(NativeLibraries).Assembly
                .GetManifestResourceStream($"native/{file}.so");
            if (content is null) return 0;
            var memory = new SafeFileHandle(CreateMemory(file, CloseOnExec), ownsHandle: true);
            if (memory.IsInvalid)
                throw new DllNotFoundException($"{file} cannot be loaded: there is no memory for "
                    + $"it (error {Marshal.GetLastPInvokeError()})");
            var bytes = new byte[content.Length];
            content.ReadExactly(bytes);
            RandomAccess.Write(memory, bytes, 0);
            var library = NativeLibrary.Load($"/proc/self/fd/{memory.DangerousGetHandle()}");
            Loaded.Add(file, (memory, library));
            return library;
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint CreateMemory(string name, uint flags);
}
