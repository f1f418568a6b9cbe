"""A real RTSP server with a live encoder: GStreamer's, from Debian. Paths /h264 and /h265.

Every picture carries the frame strip of the demo loops (frameStrip.ts) with the wall time of its drawing, so that tests read the true delay
from pixels. Prints its port on one line when it listens, and ends with its standard input.
"""
import sys
import threading
import time

import gi

gi.require_version('Gst', '1.0')
gi.require_version('GstRtspServer', '1.0')
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

WIDTH, HEIGHT, FPS = 640, 360, 15
CELL, LEFT, TOP, BITS = 8, 8, 352, 9
ENCODERS = {
    '/h264': 'x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=600 ! video/x-h264,profile=main ! rtph264pay name=pay0 pt=96 config-interval=1',
    '/h265': 'x265enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=600 ! rtph265pay name=pay0 pt=96 config-interval=1',
}
GROUND = bytes(60 + 80 * row // HEIGHT for row in range(HEIGHT))


def strip_cells(index):
    gray = index ^ (index >> 1)
    bits = [(gray >> (BITS - 1 - bit)) & 1 for bit in range(BITS)]
    return [1, 0, *bits, sum(bits) % 2]


def picture():
    index = int(time.time() * FPS) % (1 << BITS)
    luma = bytearray(b''.join(bytes([level]) * WIDTH for level in GROUND))
    car = (index * 7) % (WIDTH - 60)
    for row in range(180, 220):
        luma[row * WIDTH + car:row * WIDTH + car + 60] = b'\xc0' * 60
    line = b''.join((b'\xeb' if cell else b'\x10') * CELL for cell in strip_cells(index))
    for row in range(TOP, TOP + CELL):
        luma[row * WIDTH + LEFT:row * WIDTH + LEFT + len(line)] = line
    return bytes(luma) + b'\x80' * (WIDTH * HEIGHT // 2)


def feed(source, _length):
    now = source.get_current_running_time()
    due = getattr(feed, 'due', {}).get(source, now)
    if due > now:
        time.sleep((due - now) / Gst.SECOND)
    feed.due = {source: max(due, now) + Gst.SECOND // FPS}
    source.emit('push-buffer', Gst.Buffer.new_wrapped(picture()))


def configure(_factory, media):
    source = media.get_element().get_child_by_name('source')
    source.connect('need-data', feed)


def main():
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address('127.0.0.1')
    server.set_service(sys.argv[1] if len(sys.argv) > 1 else '0')
    for path, encoder in ENCODERS.items():
        factory = GstRtspServer.RTSPMediaFactory()
        caps = f'video/x-raw,format=I420,width={WIDTH},height={HEIGHT},framerate={FPS}/1'
        factory.set_launch(f'( appsrc name=source is-live=true do-timestamp=true format=time caps={caps} ! queue ! {encoder} )')
        factory.set_shared(True)
        factory.connect('media-configure', configure)
        server.get_mount_points().add_factory(path, factory)
    server.attach(None)
    loop = GLib.MainLoop()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
    print(server.get_bound_port(), flush=True)
    loop.run()


main()
