import type { NewsTexts } from './built-in-templates.js';

/** What happened to orders and vendors, in Bengali. */
export const bengaliNews: NewsTexts = {
  ORDER_PLACED: {
    subject: '{{marketplace}}-এ আপনার অর্ডার {{order}}',
    text: 'হ্যালো {{name}},\n\nআপনার {{amount}} মূল্যের অর্ডার {{order}}-এর জন্য ধন্যবাদ। পণ্য রওনা হলে আমরা আবার জানাব।\n\nআপনার অর্ডার:\n{{link}}',
  },
  ORDER_PAID: {
    subject: 'অর্ডার {{order}}-এর পেমেন্ট পাওয়া গেছে',
    text: 'হ্যালো {{name}},\n\nআপনার অর্ডার {{order}}-এর জন্য আমরা {{amount}} পেয়েছি। বিক্রেতাদের জানানো হয়েছে, তাঁরা কাজ শুরু করছেন।\n\nআপনার অর্ডার:\n{{link}}',
  },
  ORDER_ACCEPTED: {
    subject: '{{vendor}} আপনার অর্ডার {{order}} গ্রহণ করেছে',
    text: 'হ্যালো {{name}},\n\n{{vendor}} আপনার অর্ডার {{order}}-এর তাদের অংশটি গ্রহণ করেছে এবং প্যাক করছে।\n\nআপনার অর্ডার:\n{{link}}',
  },
  ORDER_SHIPPED: {
    subject: '{{vendor}} আপনার অর্ডার {{order}}-এর পণ্য পাঠিয়েছে',
    text: 'হ্যালো {{name}},\n\nআপনার অর্ডার {{order}}-এর পণ্য নিয়ে {{vendor}}-এর একটি পার্সেল রওনা হয়েছে।\n\nপার্সেলটি কোথায় আছে দেখুন:\n{{tracking}}\n\nআপনার অর্ডার:\n{{link}}',
  },
  ORDER_DELIVERED: {
    subject: 'আপনার অর্ডার {{order}}-এর পণ্য পৌঁছে দেওয়া হয়েছে',
    text: 'হ্যালো {{name}},\n\nআপনার অর্ডার {{order}}-এর পণ্য নিয়ে {{vendor}}-এর একটি পার্সেল হস্তান্তর করা হয়েছে। না পেয়ে থাকলে আমাদের জানান।\n\nআপনার অর্ডার:\n{{link}}',
  },
  ORDER_CANCELLED: {
    subject: 'আপনার অর্ডার {{order}}-এর কিছু পণ্য বাতিল হয়েছে',
    text: 'হ্যালো {{name}},\n\nআপনার অর্ডার {{order}}-এ {{vendor}}-এর কিছু পণ্য বাতিল হয়েছে। সেগুলোর মূল্য {{amount}}; এর জন্য যা দিয়েছিলেন তা ফেরত দেওয়া হবে।\n\nআপনার অর্ডার:\n{{link}}',
  },
  ORDER_REFUNDED: {
    subject: 'আপনার অর্ডার {{order}}-এর টাকা ফেরত দেওয়া হয়েছে',
    text: 'হ্যালো {{name}},\n\nআপনার অর্ডার {{order}}-এর {{amount}} আমরা ফেরত দিয়েছি। আপনার ব্যাংকে তা দেখা যেতে কয়েক দিন লাগতে পারে।\n\nআপনার অর্ডার:\n{{link}}',
  },
  SALE_CONFIRMED: {
    subject: '{{vendor}}-এর জন্য নতুন অর্ডার {{order}}',
    text: 'হ্যালো {{name}},\n\n{{marketplace}}-এ {{vendor}}-এর জন্য {{amount}} মূল্যের একটি নতুন অর্ডার {{order}} এসেছে। অনুগ্রহ করে গ্রহণ করুন এবং পাঠিয়ে দিন।',
  },
  SALE_DELIVERED: {
    subject: 'অর্ডার {{order}}-এর পণ্য পৌঁছে দেওয়া হয়েছে',
    text: 'হ্যালো {{name}},\n\nঅর্ডার {{order}}-এর পণ্য নিয়ে {{vendor}}-এর একটি পার্সেল হস্তান্তর করা হয়েছে।',
  },
  SALE_CANCELLED: {
    subject: 'অর্ডার {{order}}-এর কিছু পণ্য বাতিল হয়েছে',
    text: 'হ্যালো {{name}},\n\n{{vendor}}-এর অর্ডার {{order}}-এ {{amount}} মূল্যের পণ্য বাতিল হয়েছে। অনুগ্রহ করে সেগুলো পাঠাবেন না।',
  },
  SALE_REFUNDED: {
    subject: 'অর্ডার {{order}}-এর টাকা ফেরত দেওয়া হয়েছে',
    text: 'হ্যালো {{name}},\n\nঅর্ডার {{order}}-এর ক্রেতা {{vendor}}-কে যা দিয়েছিলেন তার {{amount}} ফেরত পেয়েছেন।',
  },
  VENDOR_APPROVED: {
    subject: '{{vendor}} এখন {{marketplace}}-এ বিক্রি করতে পারবে',
    text: 'হ্যালো {{name}},\n\n{{vendor}} অনুমোদন পেয়েছে এবং এখন থেকে {{marketplace}}-এ বিক্রি করতে পারবে।',
  },
  VENDOR_SUSPENDED: {
    subject: '{{vendor}} আপাতত {{marketplace}}-এ বিক্রি করতে পারবে না',
    text: 'হ্যালো {{name}},\n\n{{vendor}} স্থগিত করা হয়েছে: আবার চালু না হওয়া পর্যন্ত {{marketplace}}-এ এর পণ্য বিক্রি হবে না। আগে যা কেনা হয়েছে তা অবশ্যই পাঠাতে হবে।',
  },
};
