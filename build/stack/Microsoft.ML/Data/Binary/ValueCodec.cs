namespace Microsoft.ML.Internal;

/// <summary>Writes column types, and values with their types, so that they can be read without knowing the type before.</summary>
internal static class ValueCodec
{
    private const byte RowIdTag = 16;
    private const byte KeyTag = 32;
    private const byte VectorTag = 33;

    private static readonly Dictionary<byte, PrimitiveDataViewType> Primitives =
        Enum.GetValues<DataKind>().ToDictionary(kind => (byte)kind, PrimitiveTypes.Of)
            .Append(new(RowIdTag, RowIdDataViewType.Instance)).ToDictionary();

    /// <summary>Whether values of a type can be written: primitive ones, keys, and vectors of these.</summary>
    public static bool CanWrite(DataViewType type) => type switch
    {
        VectorDataViewType vector => CanWrite(vector.ItemType),
        KeyDataViewType => true,
        _ => Primitives.ContainsValue(type as PrimitiveDataViewType),
    };

    public static void WriteType(BinaryWriter writer, DataViewType type)
    {
        switch (type)
        {
            case VectorDataViewType vector:
                writer.Write(VectorTag);
                writer.Write(vector.Dimensions.Length);
                foreach (var dimension in vector.Dimensions)
                    writer.Write(dimension);
                WriteType(writer, vector.ItemType);
                break;
            case KeyDataViewType key:
                writer.Write(KeyTag);
                writer.Write(key.Count);
                WriteType(writer, PrimitiveTypes.Of(key.RawType));
                break;
            default:
                var tag = Primitives.FirstOrDefault(pair => pair.Value.Equals(type)).Key;
                if (tag == 0)
                    throw Contracts.ExceptNotSupp(null, $"Values of type '{type}' cannot be written.");
                writer.Write(tag);
                break;
        }
    }

    public static DataViewType ReadType(BinaryReader reader)
    {
        var tag = reader.ReadByte();
        switch (tag)
        {
            case VectorTag:
                var rank = reader.ReadInt32();
                Contracts.CheckDecode(rank is > 0 and < 256, "Corrupt vector type");
                var dimensions = new int[rank];
                for (var i = 0; i < rank; i++)
                    dimensions[i] = reader.ReadInt32();
                return new VectorDataViewType(ReadType(reader) as PrimitiveDataViewType, dimensions);
            case KeyTag:
                var count = reader.ReadUInt64();
                return new KeyDataViewType(ReadType(reader).RawType, count);
            default:
                return Primitives.TryGetValue(tag, out var type) ? type : throw Contracts.ExceptDecode(null, "Unknown type in file");
        }
    }

    /// <summary>Writes a type and a value of it.</summary>
    public static void Write<T>(BinaryWriter writer, DataViewType type, in T value)
    {
        Contracts.CheckParam(typeof(T) == type.RawType, nameof(value), "Value doesn't match type");
        WriteType(writer, type);
        CodecOf<T>().Write(writer, value);
    }

    /// <summary>Reads a type, and a value of it of the type's raw type.</summary>
    public static object Read(BinaryReader reader, out DataViewType type)
    {
        type = ReadType(reader);
        return Generic.Invoke<object>((Func<BinaryReader, object>)ReadValue<int>, type.RawType, reader);
    }

    /// <summary>Reads a type and a value, which must be of the raw type asked for.</summary>
    public static T Read<T>(BinaryReader reader, out DataViewType type)
    {
        type = ReadType(reader);
        Contracts.CheckDecode(type.RawType == typeof(T), "Value doesn't match type");
        T value = default;
        CodecOf<T>().Read(reader, ref value);
        return value;
    }

    /// <summary>What writes and reads values of a raw type.</summary>
    public static ItemCodec<T> CodecOf<T>() => Codec<T>.Instance;

    private static object ReadValue<T>(BinaryReader reader)
    {
        T value = default;
        CodecOf<T>().Read(reader, ref value);
        return value;
    }

    private static class Codec<T>
    {
        public static readonly ItemCodec<T> Instance = (ItemCodec<T>)Create(typeof(T));

        private static object Create(Type type)
        {
            if (type == typeof(ReadOnlyMemory<char>))
                return new TextCodec();
            if (type == typeof(bool))
                return new BooleanCodec();
            if (type == typeof(DateTime))
                return new DateTimeCodec();
            if (type == typeof(DateTimeOffset))
                return new DateTimeOffsetCodec();
            return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>)
                ? Generic.Invoke<object>((Func<object>)CreateVector<int>, type.GetGenericArguments()[0])
                : Activator.CreateInstance(typeof(PlainCodec<>).MakeGenericType(type));
        }

        private static VectorCodec<TItem> CreateVector<TItem>() => new(CodecOf<TItem>());
    }
}
