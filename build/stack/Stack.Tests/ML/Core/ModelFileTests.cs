using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

public class ModelFileTests
{
    private const string ModelEntry = "TransformerChain/Model.key";

    private readonly MLContext _ml = new(1);

    private IDataView Data => _ml.Data.LoadFromEnumerable(new[] { new CustomMappingTests.Input { Number = 3, Values = [1, 2] } });

    [Fact]
    public void AFileHasTheEntriesOfThePackages()
    {
        using var archive = new ZipArchive(new MemoryStream(Saved(Chain())));
        Assert.Equal(
            [
                "Schema", "TrainingInfo/Version.txt", ModelEntry, "TransformerChain/Transform_000/Model.key", "TransformerChain/Transform_001/Model.key",
            ],
            archive.Entries.Select(entry => entry.FullName.Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AChainComesBackWithItsScopes()
    {
        var chain = new TransformerChain<ITransformer>(Mapping()).Append(Mapping(), TransformerScope.TrainTest);
        var loaded = Assert.IsType<TransformerChain<ITransformer>>(Load(Saved(chain)));
        Assert.Equal(2, loaded.Count());
        Assert.Single(loaded.GetModelFor(TransformerScope.Scoring));
        Assert.Equal([6f], loaded.Transform(Data).GetColumn<float>("Sum"));
    }

    [Fact]
    public void TheSchemaComesBackWithItsAnnotations()
    {
        var names = new DataViewSchema.Annotations.Builder();
        names.Add<VBuffer<ReadOnlyMemory<char>>>("SlotNames", new VectorDataViewType(TextDataViewType.Instance, 2),
            (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(2, ["x".AsMemory(), "y".AsMemory()]));
        names.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        var keys = new DataViewSchema.Annotations.Builder();
        keys.Add<VBuffer<DateTime>>("KeyValues", new VectorDataViewType(DateTimeDataViewType.Instance, 2),
            (ref VBuffer<DateTime> value) => value = new(2, [new(2020, 1, 2), new(2021, 1, 2)]));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("A", new VectorDataViewType(NumberDataViewType.Double, 1, 2), names.ToAnnotations());
        builder.AddColumn("K", new VectorDataViewType(new KeyDataViewType(typeof(ulong), 2)), keys.ToAnnotations());
        foreach (var type in (DataViewType[])[
            TextDataViewType.Instance, BooleanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance,
            TimeSpanDataViewType.Instance, RowIdDataViewType.Instance, NumberDataViewType.SByte, NumberDataViewType.UInt16])
        {
            builder.AddColumn(type.ToString()!, type);
        }

        builder.AddColumn("Own", new LoadFromEnumerableTests.PointType());
        var schema = builder.ToSchema();
        using var file = new MemoryStream();
        _ml.Model.Save(Mapping(), schema, file);
        file.Position = 0;
        new MLContext().Model.Load(file, out var loaded);
        Assert.Equal(schema.Take(schema.Count - 1).Select(column => (column.Name, column.Type, column.IsHidden, column.Annotations.ToString())),
            loaded.Select(column => (column.Name, column.Type, column.IsHidden, column.Annotations.ToString())));
        VBuffer<ReadOnlyMemory<char>> slots = default;
        loaded["A"].GetSlotNames(ref slots);
        Assert.Equal(["x", "y"], slots.DenseValues().Select(slot => slot.ToString()));
        Assert.True(loaded["A"].IsNormalized());
        VBuffer<DateTime> dates = default;
        loaded["K"].GetKeyValues(ref dates);
        Assert.Equal([new(2020, 1, 2), new(2021, 1, 2)], dates.DenseValues());
    }

    [Fact]
    public void PathsWorkAsStreamsDo()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            _ml.Model.Save(Chain(), Data.Schema, path);
            Assert.Equal([6f], new MLContext().Model.Load(path, out _).Transform(Data).GetColumn<float>("Sum"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void SavingLeavesTheStreamOpen()
    {
        using var file = new MemoryStream();
        _ml.Model.Save(Mapping(), Data.Schema, file);
        Assert.True(file.CanWrite);
        Assert.Equal(file.Length, file.Position);
    }

    [Fact]
    public void TemporaryFilesAreRemoved()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            var ml = new MLContext { TempFilePath = directory.FullName };
            using var file = new MemoryStream();
            ml.Model.Save(Chain(), Data.Schema, file);
            ml.Model.Load(file, out _);
            Assert.Empty(directory.EnumerateFileSystemInfos());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void WhatDoesNotWriteItselfIsRefused()
    {
        Throws.Invalid("ModelSignature not specified!", () => Saved(new PassThrough()));
        Throws.Invalid("ModelSignature not specified!", () => Saved(Mapping().Append(new PassThrough())));
    }

    [Fact]
    public void WhatIsNoArchiveIsRefused()
    {
        var exception = Assert.Throws<FormatException>(() => Load([1, 2, 3]));
        Assert.Equal("Failed to open a zip archive", exception.Message);
        Assert.IsType<InvalidDataException>(exception.InnerException);
        var saved = Saved(Chain());
        Assert.Equal("Failed to open a zip archive", Assert.Throws<FormatException>(() => Load(saved[..(saved.Length / 2)])).Message);
    }

    [Fact]
    public void AnArchiveWithoutAModelIsRefused()
    {
        using var file = new MemoryStream();
        using (new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
        }

        var exception = Assert.Throws<InvalidOperationException>(() => Load(file.ToArray()));
        Assert.Equal("Could not load legacy format model", exception.Message);
        Assert.Equal("Repository doesn't contain entry DataLoaderModel/Model.key", exception.GetBaseException().Message.Replace('\\', '/'));
    }

    [Theory]
    [InlineData(0x00, 0x7f, "Wrong file type")]
    [InlineData(0x0f, 0x7f, "Corrupt file header")]
    [InlineData(0x40, 0x7f, "Unknown file type")]
    [InlineData(0x4f, 0x7f, "Corrupt file header")]
    public void ABadHeaderIsRefused(int place, byte value, string message)
    {
        var bytes = Patch(Saved(Mapping()), ModelEntry, entry => entry[place] = value);
        var exception = Assert.ThrowsAny<Exception>(() => Load(bytes)).GetBaseException();
        Assert.IsType<FormatException>(exception);
        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void AModelOfANewerVersionSaysSo()
    {
        var bytes = Patch(Saved(Mapping()), ModelEntry, entry =>
        {
            entry[0x4a] = 9;
            entry[0x4e] = 9;
        });
        var exception = Assert.ThrowsAny<Exception>(() => Load(bytes)).GetBaseException();
        Assert.IsType<FormatException>(exception);
        Assert.Equal(
            "Cause: ML.NET 1.0.0.0 cannont read component 'CustomTransformer' of the model, because the model is too new.\n"
            + "Suggestion: Make sure the model is trained with ML.NET 1.0.0.0 or older.\n"
            + "Debug details: Maximum expected version 589826, got 65538.",
            exception.Message);
    }

    [Fact]
    public void AModelOfAnOlderVersionSaysSo()
    {
        var bytes = Patch(Saved(Mapping()), ModelEntry, entry =>
        {
            entry[0x48] = entry[0x4a] = 0;
            entry[0x4c] = entry[0x4e] = 0;
        });
        var exception = Assert.ThrowsAny<Exception>(() => Load(bytes)).GetBaseException();
        Assert.Equal(
            "Cause: ML.NET 1.0.0.0 cannot read component 'CustomTransformer' of the model, because the model is too old.\n"
            + "Suggestion: Make sure the model is trained with ML.NET 1.0.0.0.\n"
            + "Debug details: Minimum expected version 0, got 65538.",
            exception.Message);
    }

    [Fact]
    public void AFileOfANewerFormatSaysSo()
    {
        var bytes = Patch(Saved(Mapping()), ModelEntry, entry => entry[0x0a] = entry[0x0e] = 9);
        Assert.Equal("File is too new", Assert.ThrowsAny<Exception>(() => Load(bytes)).GetBaseException().Message);
    }

    [Fact]
    public void AnUnknownLoaderIsNamedByItsPlace()
    {
        var alone = Patch(Saved(Mapping()), ModelEntry, entry => entry[0x50] = (byte)'Q');
        Assert.Equal("Couldn't load model: 'TransformerChain'", Assert.Throws<FormatException>(() => Load(alone)).Message);
        var inside = Patch(Saved(Chain()), "TransformerChain/Transform_001/Model.key", entry => entry[0x50] = (byte)'Q');
        var exception = Assert.Throws<InvalidOperationException>(() => Load(inside));
        Assert.Equal("Error during class instantiation", exception.Message);
        Assert.IsType<System.Reflection.TargetInvocationException>(exception.InnerException);
        Assert.Equal("Couldn't load model: 'TransformerChain/Transform_001'", exception.GetBaseException().Message.Replace('\\', '/'));
    }

    [Fact]
    public void AMissingOrShortPartIsRefused()
    {
        var missing = Rewrite(Saved(Chain()), (name, bytes) => name.EndsWith("Transform_001/Model.key", StringComparison.Ordinal) ? null : bytes);
        Assert.Equal("Corrupt model file", Assert.ThrowsAny<Exception>(() => Load(missing)).GetBaseException().Message);
        foreach (var length in (int[])[0, 100, 300])
        {
            var cut = Rewrite(Saved(Mapping()), (name, bytes) => name == ModelEntry ? bytes[..length] : bytes);
            Assert.IsType<FormatException>(Assert.ThrowsAny<Exception>(() => Load(cut)).GetBaseException());
        }
    }

    [Fact]
    public void AMissingFileSaysItsName()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Equal(path, Assert.Throws<FileNotFoundException>(() => _ml.Model.Load(path, out _)).FileName);
        Assert.Throws<ArgumentOutOfRangeException>("filePath", () => _ml.Model.Load("", out _));
    }

    [Fact]
    public void AModelWithoutALoaderIsNoneWithOne()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => _ml.Model.LoadWithDataLoader(new MemoryStream(Saved(Mapping())), out _));
        Assert.Equal(
            "Model does not contain an IDataLoader. Perhaps this was saved with an DataViewSchema, or even no information on its input at all. "
            + "Consider using the Load method instead.",
            exception.Message);
    }

    private Microsoft.ML.Transforms.CustomMappingTransformer<CustomMappingTests.Input, CustomMappingTests.Output> Mapping() =>
        _ml.Transforms.CustomMapping<CustomMappingTests.Input, CustomMappingTests.Output>(CustomMappingTests.SumFactory.Map, "Stack sum").Fit(Data);

    private TransformerChain<ITransformer> Chain() => new(Mapping(), Mapping());

    private byte[] Saved(ITransformer model)
    {
        using var file = new MemoryStream();
        _ml.Model.Save(model, Data.Schema, file);
        return file.ToArray();
    }

    private static ITransformer Load(byte[] bytes) => new MLContext().Model.Load(new MemoryStream(bytes), out _);

    private static byte[] Patch(byte[] archive, string entry, Action<byte[]> change) => Rewrite(archive, (name, bytes) =>
    {
        if (name == entry)
            change(bytes);
        return bytes;
    });

    private static byte[] Rewrite(byte[] archive, Func<string, byte[], byte[]?> change)
    {
        using var result = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(archive)))
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries)
            {
                using var reader = entry.Open();
                using var bytes = new MemoryStream();
                reader.CopyTo(bytes);
                if (change(entry.FullName.Replace('\\', '/'), bytes.ToArray()) is not { } changed)
                    continue;
                using var writer = target.CreateEntry(entry.FullName).Open();
                writer.Write(changed);
            }
        }

        return result.ToArray();
    }
}
