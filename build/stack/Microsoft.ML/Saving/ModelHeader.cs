using System.Text;

namespace Microsoft.ML;

/// <summary>The first 256 bytes of a saved component; the places in it count from its own first byte.</summary>
internal struct ModelHeader
{
    public const int Size = 0x100;

    private const ulong SignatureValue = 0x4C45444F4D004C4D;
    private const ulong TailSignatureValue = 0x4D4C004D4F44454C;
    private const uint CurrentVersion = 0x00010002;
    private const uint OldestVersion = 0x00010001;
    private const int LoaderSignatureLength = 24;

    public ulong Signature;
    public uint VerWritten;
    public uint VerReadable;
    public long FpModel;
    public long CbModel;
    public long FpStringTable;
    public long CbStringTable;
    public long FpStringChars;
    public long CbStringChars;
    public ulong ModelSignature;
    public uint ModelVerWritten;
    public uint ModelVerReadable;
    public string LoaderSignature;
    public string LoaderSignatureAlt;
    public long FpTail;
    public long FpLim;
    public long FpAssemblyName;
    public uint CbAssemblyName;

    public static ModelHeader BeginWrite(BinaryWriter writer, out long start)
    {
        start = writer.BaseStream.Position;
        writer.Write(new byte[Size]);
        return new()
        {
            Signature = SignatureValue,
            VerWritten = CurrentVersion,
            VerReadable = CurrentVersion,
            FpModel = Size,
            LoaderSignature = "",
            LoaderSignatureAlt = "",
        };
    }

    public void SetVersionInfo(VersionInfo version)
    {
        ModelSignature = version.ModelSignature;
        ModelVerWritten = version.VerWrittenCur;
        ModelVerReadable = version.VerReadableCur;
        LoaderSignature = Checked(version.LoaderSignature);
        LoaderSignatureAlt = Checked(version.LoaderSignatureAlt);

        static string Checked(string signature)
        {
            Contracts.Check(signature is null || (signature.Length <= LoaderSignatureLength && signature.All(character => character <= 0xff)));
            return signature ?? "";
        }
    }

    public void EndWrite(BinaryWriter writer, long start, IReadOnlyList<string> strings, string assemblyName)
    {
        CbModel = writer.BaseStream.Position - start - FpModel;
        if (strings.Count > 0)
        {
            FpStringTable = writer.BaseStream.Position - start;
            CbStringTable = strings.Count * sizeof(long);
            foreach (var text in strings)
                writer.Write(CbStringChars += text.Length * sizeof(char));
            FpStringChars = writer.BaseStream.Position - start;
            foreach (var text in strings)
                WriteCharacters(writer, text);
        }

        if (!string.IsNullOrEmpty(assemblyName))
        {
            FpAssemblyName = writer.BaseStream.Position - start;
            CbAssemblyName = (uint)(assemblyName.Length * sizeof(char));
            WriteCharacters(writer, assemblyName);
        }

        FpTail = writer.BaseStream.Position - start;
        writer.Write(TailSignatureValue);
        FpLim = writer.BaseStream.Position - start;
        writer.BaseStream.Position = start;
        Write(writer);
        writer.BaseStream.Position = start + FpLim;
    }

    public static ModelHeader BeginRead(BinaryReader reader, out long start, out string[] strings, out string assemblyName)
    {
        start = reader.BaseStream.Position;
        var bytes = reader.ReadBytes(Size);
        Contracts.CheckDecode(bytes.Length == Size);
        var header = Read(new BinaryReader(new MemoryStream(bytes)));
        header.Validate(reader.BaseStream.Length - start);
        try
        {
            strings = header.ReadStrings(reader, start);
            assemblyName = header.ReadAssemblyName(reader, start);
            // The packages do not seek to the tail either: without a string and an assembly name they stand before the model here.
            Contracts.CheckDecode(header.FpTail == reader.BaseStream.Position - start);
            Contracts.CheckDecode(reader.ReadUInt64() == TailSignatureValue, "Corrupt model file tail");
        }
        catch (EndOfStreamException exception)
        {
            throw Contracts.Mark(exception);
        }

        reader.BaseStream.Position = start + header.FpModel;
        return header;
    }

    public readonly void EndRead(BinaryReader reader, long start)
    {
        Contracts.CheckDecode(FpModel + CbModel == reader.BaseStream.Position - start);
        reader.BaseStream.Position = start + FpLim;
    }

    public readonly void CheckVersionInfo(VersionInfo version)
    {
        Contracts.CheckDecode(ModelSignature == version.ModelSignature, "Unknown file type");
        Contracts.CheckDecode(ModelVerReadable <= ModelVerWritten, "Corrupt file header");
        var product = typeof(VersionInfo).Assembly.GetName().Version;
        if (ModelVerReadable > version.VerWrittenCur)
        {
            throw Contracts.ExceptDecode(null,
                $"Cause: ML.NET {product} cannont read component '{version.LoaderSignature}' of the model, because the model is too new.\n"
                + $"Suggestion: Make sure the model is trained with ML.NET {product} or older.\n"
                + $"Debug details: Maximum expected version {ModelVerReadable}, got {version.VerWrittenCur}.");
        }

        if (ModelVerWritten < version.VerWeCanReadBack)
        {
            throw Contracts.ExceptDecode(null,
                $"Cause: ML.NET {product} cannot read component '{version.LoaderSignature}' of the model, because the model is too old.\n"
                + $"Suggestion: Make sure the model is trained with ML.NET {product}.\n"
                + $"Debug details: Minimum expected version {ModelVerReadable}, got {version.VerWrittenCur}.");
        }
    }

    private static void WriteCharacters(BinaryWriter writer, string text)
    {
        foreach (var character in text)
            writer.Write((ushort)character);
    }

    private static string ReadCharacters(BinaryReader reader, long count)
    {
        Contracts.CheckDecode(count >= 0 && count <= int.MaxValue / sizeof(char));
        var bytes = reader.ReadBytes((int)count * sizeof(char));
        if (bytes.Length < count * sizeof(char))
            throw new EndOfStreamException("Unable to read beyond the end of the stream.");
        return Encoding.Unicode.GetString(bytes);
    }

    private readonly string[] ReadStrings(BinaryReader reader, long start)
    {
        if (FpStringTable == 0)
            return null;
        reader.BaseStream.Position = start + FpStringTable;
        var ends = new long[CbStringTable / sizeof(long)];
        for (var i = 0; i < ends.Length; i++)
            ends[i] = reader.ReadInt64();
        Contracts.CheckDecode(ends[^1] == CbStringChars);
        var strings = new string[ends.Length];
        var begin = 0L;
        for (var i = 0; i < ends.Length; i++)
        {
            Contracts.CheckDecode(begin <= ends[i] && ends[i] <= CbStringChars && ends[i] % sizeof(char) == 0);
            strings[i] = ReadCharacters(reader, (ends[i] - begin) / sizeof(char));
            begin = ends[i];
        }

        return strings;
    }

    private readonly string ReadAssemblyName(BinaryReader reader, long start)
    {
        if (VerWritten < CurrentVersion || FpAssemblyName == 0)
            return null;
        reader.BaseStream.Position = start + FpAssemblyName;
        return ReadCharacters(reader, CbAssemblyName / sizeof(char));
    }

    private readonly void Validate(long size)
    {
        Contracts.CheckDecode(Signature == SignatureValue, "Wrong file type");
        Contracts.CheckDecode(VerReadable <= VerWritten, "Corrupt file header");
        Contracts.CheckDecode(VerReadable <= CurrentVersion, "File is too new");
        Contracts.CheckDecode(VerWritten >= OldestVersion, "File is too old");
        Contracts.CheckDecode(FpModel == Size && CbModel >= 0);
        var end = FpModel + CbModel;
        if (FpStringTable == 0)
        {
            Contracts.CheckDecode(CbStringTable == 0 && FpStringChars == 0 && CbStringChars == 0);
        }
        else
        {
            Contracts.CheckDecode(FpStringTable == end && CbStringTable > 0 && CbStringTable % sizeof(long) == 0);
            Contracts.CheckDecode(CbStringTable / sizeof(long) < int.MaxValue);
            Contracts.CheckDecode(FpStringChars == FpStringTable + CbStringTable);
            Contracts.CheckDecode(CbStringChars >= 0 && CbStringChars % sizeof(char) == 0);
            end = FpStringChars + CbStringChars;
        }

        if (VerWritten >= CurrentVersion && FpAssemblyName != 0)
        {
            Contracts.CheckDecode(FpAssemblyName == end && CbAssemblyName % sizeof(char) == 0);
            end += CbAssemblyName;
        }

        Contracts.CheckDecode(FpTail == end);
        Contracts.CheckDecode(FpLim == FpTail + sizeof(ulong) && size >= FpLim);
    }

    private readonly void Write(BinaryWriter writer)
    {
        writer.Write(Signature);
        writer.Write(VerWritten);
        writer.Write(VerReadable);
        foreach (var place in (ReadOnlySpan<long>)[FpModel, CbModel, FpStringTable, CbStringTable, FpStringChars, CbStringChars])
            writer.Write(place);
        writer.Write(ModelSignature);
        writer.Write(ModelVerWritten);
        writer.Write(ModelVerReadable);
        writer.Write(Encoding.Latin1.GetBytes(LoaderSignature.PadRight(LoaderSignatureLength, '\0')));
        writer.Write(Encoding.Latin1.GetBytes(LoaderSignatureAlt.PadRight(LoaderSignatureLength, '\0')));
        writer.Write(FpTail);
        writer.Write(FpLim);
        writer.Write(FpAssemblyName);
        writer.Write(CbAssemblyName);
    }

    private static ModelHeader Read(BinaryReader reader)
    {
        // Initialisers run in the order in which they are written: the order of the bytes.
        return new()
        {
            Signature = reader.ReadUInt64(),
            VerWritten = reader.ReadUInt32(),
            VerReadable = reader.ReadUInt32(),
            FpModel = reader.ReadInt64(),
            CbModel = reader.ReadInt64(),
            FpStringTable = reader.ReadInt64(),
            CbStringTable = reader.ReadInt64(),
            FpStringChars = reader.ReadInt64(),
            CbStringChars = reader.ReadInt64(),
            ModelSignature = reader.ReadUInt64(),
            ModelVerWritten = reader.ReadUInt32(),
            ModelVerReadable = reader.ReadUInt32(),
            LoaderSignature = Encoding.Latin1.GetString(reader.ReadBytes(LoaderSignatureLength)).TrimEnd('\0'),
            LoaderSignatureAlt = Encoding.Latin1.GetString(reader.ReadBytes(LoaderSignatureLength)).TrimEnd('\0'),
            FpTail = reader.ReadInt64(),
            FpLim = reader.ReadInt64(),
            FpAssemblyName = reader.ReadInt64(),
            CbAssemblyName = reader.ReadUInt32(),
        };
    }
}
