using System.Runtime.InteropServices;

namespace Settle.Index;

/// <summary>The hash of an id and where its entry is: 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct IdRow(ulong Key, EntryLocation Location) : IRunRow;
